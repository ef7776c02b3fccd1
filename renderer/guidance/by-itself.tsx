import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import classes from './guidance.module.css';
import type { Todo } from './todo.ts';

interface ByItselfProps {
  readonly todo: Todo;
  readonly account: AccountView;
}

const NOTHING_PLANNED = {
  'secret-wrong': 'guide.plan.nothingUntilChange',
  'secret-frozen': 'guide.plan.nothingUntilUnfrozen',
  'app-id': 'guide.plan.nothingUntilAccount',
  barred: 'guide.plan.nothingUntilAccount',
  request: 'guide.plan.nothingUntilAccount',
  refused: 'guide.plan.nothingRefused',
  awaiting: 'guide.plan.probesUsed',
} as const;

const SILENT: ReadonlySet<Todo> = new Set<Todo>(['paused', 'secret-missing']);

/** What the console does without a person, and when: the last line of every explanation. */
export function ByItself({ todo, account }: ByItselfProps) {
  const { t } = useTranslation();
  const next = account.confirmation?.nextProbeAt ?? account.nextAttemptAt;
  const isDue = useIsOver(next);
  if (SILENT.has(todo)) return null;
  const isTrying = account.phase === 'refreshing' || isDue;
  const nothing = NOTHING_PLANNED[todo as keyof typeof NOTHING_PLANNED] ?? 'guide.plan.nothing';
  let words: React.ReactNode = t(nothing);
  if (isTrying) words = t('guide.plan.tryingNow');
  else if (next !== null) words = <Planned todo={todo} account={account} next={next} />;
  return <p className={classes.byItself}>{words}</p>;
}

function Planned({ todo, account, next }: ByItselfProps & { readonly next: number }) {
  const { t } = useTranslation();
  let text = t('guide.plan.retryIn', COUNTDOWN);
  if (todo === 'whitelist') text = t('guide.plan.whitelist', COUNTDOWN);
  if (todo === 'awaiting') {
    text = t('guide.plan.probeIn', { ...COUNTDOWN, left: account.confirmation?.probesLeft ?? 0 });
  }
  return <CountdownText text={text} until={next} as="wait" />;
}
