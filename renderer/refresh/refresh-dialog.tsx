import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { openDialogOf } from '../account/open-dialog.ts';
import { useConsole } from '../bridge.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { useReturnFocus } from '../shared/return-focus.ts';
import { answerQuestion } from './flow.ts';
import { ForceWords } from './force-words.tsx';
import type { Doubt } from './plan.ts';
import { useForce } from './use-force.ts';

interface RefreshDialogProps {
  readonly account: AccountView;
  readonly doubt: Doubt;
}

/** What a refresh does beyond what a person may expect, and whether to go on. */
export default function RefreshDialog({ account, doubt }: RefreshDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const tokenConsole = useConsole();
  const [hasTalked, setHasTalked] = useState(false);
  const { isAllowed } = useForce(account.force, 1);
  const answer = (yes: boolean) => void answerQuestion(tokenConsole, yes);
  const drill = () => {
    answer(false);
    openDialogOf(account.appId, 'drill');
  };
  return (
    <ConfirmDialog
      opened
      title={t(`refresh.${doubt}.title`, { name: account.name })}
      confirm={t(`refresh.${doubt}.confirm`)}
      color={doubt === 'kill' ? 'jade' : 'red'}
      isDisabled={(doubt === 'blocked' && !hasTalked) || (doubt === 'force' && !isAllowed)}
      onConfirm={() => answer(true)}
      onCancel={() => answer(false)}
    >
      {doubt === 'kill' && <KillWords account={account} />}
      {doubt === 'force' && account.force && <ForceWords force={account.force} onDrill={drill} />}
      {doubt === 'blocked' && (
        <>
          <BlockedWords account={account} />
          <Checkbox
            label={t('refresh.blocked.check')}
            checked={hasTalked}
            onChange={(event) => setHasTalked(event.currentTarget.checked)}
          />
        </>
      )}
    </ConfirmDialog>
  );
}

function KillWords({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('refresh.kill.text')}</p>
      {account.token && (
        <CountdownText text={t('refresh.kill.left', COUNTDOWN)} until={account.token.expiresAt} as="life" />
      )}
    </>
  );
}

function BlockedWords({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  return (
    <>
      <CountdownText
        text={t('refresh.blocked.text', COUNTDOWN)}
        until={account.confirmation?.until ?? 0}
        as="wait"
      />
      <p>{t('refresh.blocked.talk')}</p>
      {account.line === 'stable' && account.token && <p>{t('refresh.blocked.stable')}</p>}
    </>
  );
}
