/** How far a leak drill is. Pure. */
import type { AccountView, LeakDrill } from '../../electron/console/contract.ts';

export type DrillStep = 'first' | 'waiting' | 'second';
export type StepState = 'done' | 'now' | 'next' | 'stopped';

const STEPS: readonly DrillStep[] = ['first', 'waiting', 'second'];
const SHOWN_FOR_MS = 3600 * 1000;
const RUNNING: ReadonlySet<LeakDrill['state']> = new Set(['first', 'waiting', 'second']);

/** True while the console still has something to do for it. */
export function isDrillRunning(drill: LeakDrill | null): boolean {
  return drill !== null && RUNNING.has(drill.state);
}

/** True while the account's screen tells of it: as it runs, and for an hour from its beginning. */
export function isDrillShown(drill: LeakDrill | null, now: number): boolean {
  return drill !== null && (isDrillRunning(drill) || drill.since > now - SHOWN_FOR_MS);
}

/** The refresh that brought no token: the first, unless there is a token from after the drill began. */
export function stoppedAt({ token }: Pick<AccountView, 'token'>, drill: LeakDrill): 'first' | 'second' {
  return token !== null && token.obtainedAt >= drill.since ? 'second' : 'first';
}

/** Each step of the drill and how it stands. */
export function drillSteps(
  account: Pick<AccountView, 'token'>,
  drill: LeakDrill,
): readonly { readonly step: DrillStep; readonly state: StepState }[] {
  if (drill.state === 'done') return STEPS.map((step) => ({ step, state: 'done' }));
  const isStopped = drill.state === 'stopped';
  const here = STEPS.indexOf(drill.state === 'stopped' ? stoppedAt(account, drill) : drill.state);
  return STEPS.map((step, i) => {
    if (i === here) return { step, state: isStopped ? 'stopped' : 'now' };
    return { step, state: i < here ? 'done' : 'next' };
  });
}
