import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { timeText } from '../format.ts';
import { navigate } from '../router.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { FormDialog } from './form-dialog.tsx';

interface RemoveDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** Takes an account out of the console, after saying what is lost with it. */
export default function RemoveDialog({ account, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [forgetHistory, setForget] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);

  const remove = async () => {
    setBusy(true);
    const answer = await tokenConsole.commands['accounts.remove']({ appId: account.appId, forgetHistory });
    setBusy(false);
    if (answer.ok) navigate({ screen: 'home' });
    else setError(answer.error);
  };

  const isLive = account.token !== null && account.token.expiresAt > Date.now();
  return (
    <FormDialog
      title={t('remove.title', { name: account.name })}
      submit={t('remove.confirm')}
      isBusy={isBusy}
      color="red"
      isCancelFirst
      onSubmit={() => void remove()}
      onClose={onClose}
    >
      <p>{t('remove.text')}</p>
      {isLive && account.token && (
        <p>{t('remove.live', { time: timeText(account.token.expiresAt, Date.now()) })}</p>
      )}
      <Checkbox
        label={t('remove.forget')}
        checked={forgetHistory}
        onChange={(event) => setForget(event.currentTarget.checked)}
      />
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
    </FormDialog>
  );
}
