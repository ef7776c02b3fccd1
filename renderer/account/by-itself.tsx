import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import type { Todo } from './todo.ts';
import classes from './todo-panel.module.css';

interface ByItselfProps {
  readonly todo: Todo;
  readonly account: AccountView;
}

const NOTHING_PLANNED = {
  'secret-wrong': 'todo.plan.nothingUntilChange',
  account: 'todo.plan.nothingUntilAccount',
  refused: 'todo.plan.nothingRefused',
  awaiting: 'todo.plan.probesUsed',
} as const;

/** What the console does without a person, and when: the last line of every explanation. */
export function ByItself({ todo, account }: ByItselfProps) {
  const { t } = useTranslation();
  const next = account.confirmation?.nextProbeAt ?? account.nextAttemptAt;
  const isOver = useIsOver(next);
  const isTrying = account.phase === 'refreshing' || isOver;
  if (todo === 'paused' || todo === 'secret-missing') return null;
  const nothing = NOTHING_PLANNED[todo as keyof typeof NOTHING_PLANNED] ?? 'todo.plan.nothing';
  let words: React.ReactNode = t(nothing);
  if (isTrying) words = t('todo.plan.tryingNow');
  else if (next !== null) {
    const text = t(todo === 'awaiting' ? 'todo.plan.probeIn' : 'todo.plan.retryIn', COUNTDOWN);
    words = <CountdownText text={text} until={next} as="wait" />;
  }
  return <p className={classes.byItself}>{words}</p>;
}
