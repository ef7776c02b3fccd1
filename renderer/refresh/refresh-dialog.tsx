import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { answerQuestion } from './flow.ts';
import type { Doubt } from './plan.ts';

interface RefreshDialogProps {
  readonly account: AccountView;
  readonly doubt: Doubt;
}

/** What a refresh does beyond what a person may expect, and whether to go on. */
export default function RefreshDialog({ account, doubt }: RefreshDialogProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const [hasTalked, setHasTalked] = useState(false);
  return (
    <ConfirmDialog
      opened
      title={t(`refresh.${doubt}.title`, { name: account.name })}
      confirm={t(`refresh.${doubt}.confirm`)}
      color={doubt === 'kill' ? 'jade' : 'red'}
      isDisabled={doubt === 'blocked' && !hasTalked}
      onConfirm={() => void answerQuestion(tokenConsole, true)}
      onCancel={() => void answerQuestion(tokenConsole, false)}
    >
      {doubt === 'kill' && <KillWords account={account} />}
      {doubt === 'force' && <ForceWords />}
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

function ForceWords() {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('refresh.force.text')}</p>
      <p>{t('refresh.force.effect')}</p>
      <p>{t('refresh.force.limits')}</p>
      <p>{t('refresh.force.drill')}</p>
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
