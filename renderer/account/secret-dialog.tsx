import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { faultAt } from '../add-account/faults.ts';
import { SecretField } from '../add-account/fields.tsx';
import { secretFault } from '../add-account/validate.ts';
import { useConsole } from '../bridge.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { FormDialog } from './form-dialog.tsx';

interface SecretDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A new AppSecret; goes in and never comes out. */
export default function SecretDialog({ account, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [secret, setSecret] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);

  const save = async () => {
    setChecked(true);
    if (secretFault(secret) !== null) return;
    setBusy(true);
    const answer = await tokenConsole.commands['accounts.setSecret']({ appId: account.appId, secret });
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };

  return (
    <FormDialog
      title={t('replace.title', { name: account.name })}
      submit={t('replace.submit')}
      isBusy={isBusy}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <p>{t('replace.text')}</p>
      {account.line === 'standard' && <p>{t('replace.standard')}</p>}
      <SecretField
        label={t('form.newSecret')}
        value={secret}
        onChange={setSecret}
        isChecked={isChecked}
        fault={faultAt(error, 'secret')}
      />
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
    </FormDialog>
  );
}
