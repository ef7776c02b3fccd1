import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandValue } from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { PassphraseField } from '../lock/passphrase-fields.tsx';
import { hrefOf } from '../router.ts';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { useAccount, useConsoleState } from '../store.ts';
import type { AccountsFile } from './accounts-file.ts';
import { Problem } from './problem.tsx';
import classes from './settings.module.css';

interface ImportDialogProps {
  readonly file: AccountsFile;
  readonly onClose: () => void;
}

type Imported = CommandValue<'accounts.import'>;

/** Adds the accounts of a file, and tells of each what became of it. */
export function ImportDialog({ file, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('accounts.import');
  const [passphrase, setPassphrase] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [imported, setImported] = useState<Imported | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isMissing = file.isSealed && passphrase === '';

  const submit = async () => {
    if (imported) return onClose();
    setChecked(true);
    if (isMissing) return;
    const value = await send({ text: file.text, ...(file.isSealed && { passphrase }) });
    setPassphrase('');
    setChecked(false);
    if (value) setImported(value);
    else field.current?.focus();
  };
  return (
    <FormDialog
      title={t('transfer.import')}
      submit={t(imported ? 'transfer.finish' : 'transfer.importSubmit')}
      isBusy={isBusy}
      hasCancel={imported === null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p className={classes.small}>{t('transfer.file', { name: file.name })}</p>
      {imported ? (
        <Outcome imported={imported} />
      ) : (
        <>
          <Opening {...file} />
          {file.isSealed && (
            <PassphraseField
              ref={field}
              label={t('transfer.passphrase')}
              value={passphrase}
              error={isChecked && isMissing ? t('lock.empty') : undefined}
              autoComplete="current-password"
              onChange={setPassphrase}
            />
          )}
          <Problem error={error} />
        </>
      )}
    </FormDialog>
  );
}

function Opening({ isSealed, openSecrets }: Pick<AccountsFile, 'isSealed' | 'openSecrets'>) {
  const { t } = useTranslation();
  if (openSecrets > 0) return <Note tone="warn">{t('transfer.openSecrets', { count: openSecrets })}</Note>;
  return <p>{t(isSealed ? 'transfer.openSealed' : 'transfer.openPlain')}</p>;
}

function Outcome({ imported: { added, skipped } }: { readonly imported: Imported }) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const isPaused = added.some(({ appId, hasSecret }) => {
    const account = accounts[appId];
    return hasSecret && account?.phase === 'paused' && account.line === 'standard';
  });
  if (added.length + skipped.length === 0) return <Note tone="info">{t('transfer.nothing')}</Note>;
  return (
    <>
      <div role="status" className={classes.outcome}>
        {added.length > 0 && (
          <>
            <h3>{t('transfer.added', { count: added.length })}</h3>
            <ul className={classes.accounts}>
              {added.map((one) => (
                <Added key={one.appId} {...one} />
              ))}
            </ul>
          </>
        )}
        {skipped.length > 0 && (
          <>
            <h3>{t('transfer.skipped', { count: skipped.length })}</h3>
            <ul className={classes.accounts}>
              {skipped.map(({ appId, name }) => (
                <li key={appId}>
                  <span>{name}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {isPaused && <Note tone="info">{t('transfer.pausedWhy')}</Note>}
    </>
  );
}

function Added({ appId, name, hasSecret, foreignApiBase }: Imported['added'][number]) {
  const { t } = useTranslation();
  const isPaused = useAccount(appId)?.phase === 'paused';
  return (
    <li>
      <a href={hrefOf({ screen: 'account', appId })}>{name}</a>
      <span className={classes.small}>
        {[
          !hasSecret && t('transfer.needsSecret'),
          isPaused && t('transfer.paused'),
          foreignApiBase !== null && t('transfer.goesTo', { address: foreignApiBase }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
