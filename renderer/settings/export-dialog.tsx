import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandValue } from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { useConsole } from '../bridge.ts';
import { NewPassphraseFields, NO_PASSPHRASE, passphraseOf } from '../lock/passphrase-fields.tsx';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { Problem } from './problem.tsx';
import classes from './settings.module.css';

/** Writes the accounts into a file; what is in it is said before. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('accounts.export');
  const [isSealed, setSealed] = useState(false);
  const [fresh, setFresh] = useState(NO_PASSPHRASE);
  const [isChecked, setChecked] = useState(false);
  const [saved, setSaved] = useState<CommandValue<'accounts.export'> | null>(null);

  const submit = async () => {
    if (saved) return onClose();
    setChecked(true);
    const passphrase = passphraseOf(fresh);
    if (isSealed && passphrase === null) return;
    const value = await send(isSealed && passphrase !== null ? { passphrase } : {});
    if (!value) return;
    setSaved(value);
    // It is in the file now, and nowhere else.
    setFresh(NO_PASSPHRASE);
  };
  return (
    <FormDialog
      title={t('transfer.export')}
      submit={t(saved ? 'transfer.finish' : 'transfer.submit')}
      isBusy={isBusy}
      hasCancel={saved === null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {saved ? (
        <Saved value={saved} isSealed={isSealed} />
      ) : (
        <>
          <Kind isSealed={isSealed} onChange={setSealed} />
          {isSealed && (
            <>
              <NewPassphraseFields
                label={t('transfer.passphrase')}
                value={fresh}
                onChange={setFresh}
                isChecked={isChecked}
              />
              <p className={classes.small}>{t('transfer.lost')}</p>
            </>
          )}
          <Problem error={error} />
        </>
      )}
    </FormDialog>
  );
}

interface KindProps {
  readonly isSealed: boolean;
  readonly onChange: (isSealed: boolean) => void;
}

function Kind({ isSealed, onChange }: KindProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('transfer.what')}
      value={isSealed ? 'sealed' : 'plain'}
      onChange={(kind) => onChange(kind === 'sealed')}
    >
      <div className={classes.choices}>
        <Radio value="plain" label={t('transfer.plain')} description={t('transfer.plainHint')} />
        <Radio value="sealed" label={t('transfer.sealed')} description={t('transfer.sealedHint')} />
        <p className={classes.small}>{t('transfer.noTokens')}</p>
      </div>
    </Radio.Group>
  );
}

interface SavedProps {
  readonly value: CommandValue<'accounts.export'>;
  readonly isSealed: boolean;
}

function Saved({ value, isSealed }: SavedProps) {
  const { t } = useTranslation();
  const { host } = useConsole();
  if (value.path === null) {
    return (
      <Note tone="info" isAnswer>
        {t('transfer.savedNowhere')}
      </Note>
    );
  }
  return (
    <Note tone="ok" isAnswer>
      <p>{t('transfer.savedHere', { count: value.accounts })}</p>
      <p className="mono">{value.path}</p>
      {host === 'browser' && <p>{t('transfer.savedThere')}</p>}
      {isSealed && <p>{t('transfer.savedSealed')}</p>}
    </Note>
  );
}
