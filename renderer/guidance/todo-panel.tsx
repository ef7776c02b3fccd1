import { useTranslation } from 'react-i18next';
import type { AccountView, ErrorEntry, Phase } from '../../electron/console/contract.ts';
import type { DialogName } from '../account/dialogs.tsx';
import type { Language } from '../i18n.ts';
import { entryOf, useCatalogue } from '../shared/catalogue.ts';
import { useIsOver } from '../shared/time-left.tsx';
import { Actions } from './actions.tsx';
import { AttemptDetails } from './attempt-details.tsx';
import { ByItself } from './by-itself.tsx';
import { Awaiting, Refused } from './confirmation.tsx';
import { codeToExplain, Explained, Unexplained } from './explained.tsx';
import classes from './guidance.module.css';
import { type Todo, todoOf } from './todo.ts';
import { Whitelist } from './whitelist.tsx';

interface TodoPanelProps {
  readonly account: AccountView;
  readonly settled: Phase;
  readonly openDialog: (dialog: DialogName) => void;
}

/** What this page knows without the catalogue: the rest waits the moment it takes to read it. */
const KNOWN: ReadonlySet<Todo> = new Set<Todo>([
  'secret-missing',
  'secret-locked',
  'whitelist',
  'awaiting',
  'refused',
  'paused',
]);

/** Nobody has to act: it passes by itself, or it was wanted. */
const QUIET: ReadonlySet<Todo> = new Set<Todo>(['transient', 'paused']);

/** What to do now: what happened, why, what to do, what the console does by itself, then the details. */
export function TodoPanel({ account, settled, openDialog }: TodoPanelProps) {
  const { t } = useTranslation();
  const { entries, status } = useCatalogue();
  const attempt = account.lastAttempt;
  const code = codeToExplain(account);
  const entry = entryOf(entries, code);
  const todo = todoOf(account, settled);
  if (todo === null) return null;
  if (!KNOWN.has(todo) && (status === 'none' || status === 'loading')) return null;
  const isQuiet = QUIET.has(todo);
  return (
    <section className={classes.panel} data-quiet={isQuiet || undefined} aria-labelledby="todo">
      <h2 id="todo" className={classes.kicker}>
        {t(todo === 'transient' ? 'guide.quietTitle' : 'guide.title')}
      </h2>
      <p className={classes.title}>
        <Title todo={todo} account={account} entry={entry} />
      </p>
      <Body todo={todo} account={account} entry={entry} />
      <Meanwhile account={account} />
      <TokenEffect account={account} />
      <div className={classes.actions}>
        <Actions todo={todo} account={account} openDialog={openDialog} />
      </div>
      <ByItself todo={todo} account={account} />
      {attempt && attempt.outcome !== 'granted' && (
        <details className={classes.details}>
          <summary>{t('guide.details')}</summary>
          <AttemptDetails attempt={attempt} account={account} />
        </details>
      )}
    </section>
  );
}

interface TopicProps {
  readonly todo: Todo;
  readonly account: AccountView;
  readonly entry: ErrorEntry | null;
}

function Title({ todo, account, entry }: TopicProps) {
  const { t, i18n } = useTranslation();
  const isOver = useIsOver(account.confirmation?.until ?? null);
  const own: Partial<Record<Todo, string>> = {
    'secret-missing': t('guide.secretMissing.title'),
    'secret-locked': t('guide.secretLocked.title'),
    whitelist: t('whitelist.title'),
    awaiting: t('confirm.title'),
    refused: t(isOver ? 'refusal.over.title' : 'refusal.title'),
    paused: t('guide.paused.title'),
  };
  const code = codeToExplain(account);
  const unknown = code === null ? t('guide.noAnswer') : t('guide.unknownCode', { code });
  return own[todo] ?? entry?.meaning[i18n.language as Language] ?? unknown;
}

function Body({ todo, account, entry }: TopicProps) {
  const { t } = useTranslation();
  switch (todo) {
    case 'whitelist':
      return <Whitelist account={account} entry={entry} />;
    case 'awaiting':
      return <Awaiting account={account} />;
    case 'refused':
      return <Refused account={account} />;
    case 'secret-missing':
      return <p>{t('guide.secretMissing.lead')}</p>;
    case 'secret-locked':
      return (
        <>
          <p>{t('guide.secretLocked.lead')}</p>
          <p>{t('guide.secretLocked.how')}</p>
        </>
      );
    case 'paused':
      return <p>{t('guide.paused.lead')}</p>;
    default:
      return entry ? <Explained account={account} entry={entry} /> : <Unexplained account={account} />;
  }
}

/** A try without an answer changes nothing of what WeChat said before: the panel goes on about that. */
function Meanwhile({ account: { trouble, lastAttempt } }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const isUnheard = lastAttempt?.outcome === 'failed' && typeof trouble?.errcode === 'number';
  return isUnheard ? <p className={classes.small}>{t('guide.meanwhile')}</p> : null;
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
