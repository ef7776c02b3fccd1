import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, ErrorEntry, Phase } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { RefreshButton } from '../refresh/refresh-button.tsx';
import { codeOf, entryOf, useCatalogue } from '../shared/catalogue.ts';
import { useIsOver } from '../shared/time-left.tsx';
import { usePause } from './actions.ts';
import { AttemptDetails } from './attempt-details.tsx';
import { ByItself } from './by-itself.tsx';
import type { DialogName } from './dialogs.tsx';
import { AwaitingSteps, RefusedSteps, WhitelistSteps } from './steps.tsx';
import { type Todo, todoOf } from './todo.ts';
import classes from './todo-panel.module.css';

interface TodoPanelProps {
  readonly account: AccountView;
  readonly settled: Phase;
  readonly openDialog: (dialog: DialogName) => void;
}

const QUIET: ReadonlySet<Todo> = new Set<Todo>(['retrying', 'paused']);

/** What to do now: what happened, why, what to do, what the console does by itself, then the details. */
export function TodoPanel({ account, settled, openDialog }: TodoPanelProps) {
  const { t, i18n } = useTranslation();
  const { entries, status } = useCatalogue();
  const attempt = account.lastAttempt;
  const code = attempt ? codeOf(attempt) : null;
  const entry = entryOf(entries, code);
  const todo = todoOf(account, settled, entry?.class ?? null);
  // The class of the reply decides what to say: for the moment it takes to read the catalogue, nothing.
  if (todo === null || status === 'none' || status === 'loading') return null;
  const words = wordsOf(entry, i18n.language as Language);
  return (
    <section className={classes.panel} data-quiet={QUIET.has(todo) || undefined} aria-labelledby="todo">
      <h2 id="todo" className={classes.kicker}>
        {todo === 'retrying' ? t('todo.quietTitle') : t('todo.title')}
      </h2>
      <Title todo={todo} words={words} code={code} />
      <Steps todo={todo} account={account} words={words} />
      <TokenEffect account={account} />
      <div className={classes.actions}>
        <Actions todo={todo} account={account} openDialog={openDialog} />
      </div>
      <ByItself todo={todo} account={account} />
      {attempt && attempt.outcome !== 'granted' && (
        <details className={classes.details}>
          <summary>{t('error.details')}</summary>
          <AttemptDetails attempt={attempt} account={account} />
        </details>
      )}
    </section>
  );
}

interface Words {
  readonly meaning: string;
  readonly cause: string;
  readonly action: string;
}

function wordsOf(entry: ErrorEntry | null, language: Language): Words | null {
  if (entry === null) return null;
  return { meaning: entry.meaning[language], cause: entry.cause[language], action: entry.action[language] };
}

function Title(props: {
  readonly todo: Todo;
  readonly words: Words | null;
  readonly code: number | string | null;
}) {
  const { t } = useTranslation();
  const { todo, words, code } = props;
  const own: Partial<Record<Todo, string>> = {
    'secret-missing': t('todo.secretMissing.title'),
    'secret-locked': t('todo.secretLocked.title'),
    whitelist: t('todo.whitelist.title'),
    awaiting: t('todo.awaiting.title'),
    refused: t('todo.refused.title'),
    paused: t('todo.paused.title'),
  };
  const unknown = code === null ? t('error.noAnswer') : t('error.unknownCode', { code });
  return <p className={classes.title}>{own[todo] ?? words?.meaning ?? unknown}</p>;
}

interface StepsProps {
  readonly todo: Todo;
  readonly account: AccountView;
  readonly words: Words | null;
}

function Steps({ todo, account, words }: StepsProps) {
  const { t } = useTranslation();
  switch (todo) {
    case 'whitelist':
      return <WhitelistSteps account={account} />;
    case 'awaiting':
      return <AwaitingSteps account={account} />;
    case 'refused':
      return <RefusedSteps account={account} />;
    case 'secret-missing':
      return <p>{t('todo.secretMissing.lead')}</p>;
    case 'secret-locked':
      return (
        <>
          <p>{t('todo.secretLocked.lead')}</p>
          <p>{t('todo.secretLocked.how')}</p>
        </>
      );
    case 'paused':
      return <p>{t('todo.paused.lead')}</p>;
    default:
      return (
        <>
          {words && (
            <p>
              <strong>{t('todo.why')}</strong> {words.cause}
            </p>
          )}
          <p>
            <strong>{t('todo.doNow')}</strong> {words?.action ?? t('error.unknownAction')}
          </p>
        </>
      );
  }
}

/** Whether business servers feel it: the question behind every fault. */
function TokenEffect({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const isOver = useIsOver(account.token?.expiresAt ?? null);
  const isLive = account.token !== null && !isOver;
  return (
    <p className={classes.effect} data-live={isLive || undefined}>
      {isLive ? t('token.liveAnyway') : t('token.deadNow')}
    </p>
  );
}

function Actions({
  todo,
  account,
  openDialog,
}: Omit<StepsProps, 'words'> & Pick<TodoPanelProps, 'openDialog'>) {
  const { t } = useTranslation();
  const { appId } = account;
  switch (todo) {
    case 'paused':
      return <ResumeButton appId={appId} />;
    case 'secret-missing':
      return <Button onClick={() => openDialog('secret')}>{t('todo.secretMissing.action')}</Button>;
    case 'secret-wrong':
      return (
        <>
          <Button onClick={() => openDialog('secret')}>{t('todo.secretWrong.action')}</Button>
          <RefreshButton appId={appId} label={t('todo.generic.retry')} />
        </>
      );
    case 'whitelist':
      return <RefreshButton appId={appId} label={t('todo.whitelist.done')} variant="filled" />;
    case 'awaiting':
      return <RefreshButton appId={appId} label={t('todo.awaiting.done')} variant="filled" />;
    case 'secret-locked':
      return <RefreshButton appId={appId} label={t('todo.secretLocked.action')} variant="filled" />;
    case 'refused':
      return <RefusedButton account={account} />;
    case 'account':
      return (
        <>
          <RefreshButton appId={appId} label={t('todo.generic.retry')} variant="filled" />
          <Button variant="default" onClick={() => openDialog('edit')}>
            {t('account.edit')}
          </Button>
        </>
      );
    default:
      return <RefreshButton appId={appId} label={t('todo.generic.retry')} variant="filled" />;
  }
}

function RefusedButton({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const isOver = useIsOver(account.confirmation?.until ?? null);
  return isOver ? (
    <RefreshButton appId={account.appId} label={t('todo.refused.tryNow')} variant="filled" />
  ) : (
    <RefreshButton appId={account.appId} label={t('todo.refused.tryEarly')} />
  );
}

function ResumeButton({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const pause = usePause();
  const resume = async () => {
    setBusy(true);
    await pause(appId, false);
    setBusy(false);
  };
  return (
    <Button loading={isBusy} onClick={() => void resume()}>
      {t('todo.paused.action')}
    </Button>
  );
}
