/** How a move to the stable line came out. Pure. */
import type { AccountView } from '../../electron/console/contract.ts';

export type MoveOutcome = 'asking' | 'live' | 'trouble' | 'paused';

export interface BeforeMove {
  readonly fingerprint: string | null;
  readonly attemptAt: number | null;
}

/** What the outcome is told from. */
export function beforeMove({ token, lastAttempt }: AccountView): BeforeMove {
  return { fingerprint: token?.fingerprint ?? null, attemptAt: lastAttempt?.at ?? null };
}

/** Asking until an attempt has ended since; then whether it brought another token. */
export function moveOutcome(account: AccountView, before: BeforeMove): MoveOutcome {
  if (account.phase === 'paused') return 'paused';
  if (account.token !== null && account.token.fingerprint !== before.fingerprint) return 'live';
  if (account.phase === 'refreshing') return 'asking';
  const hasTried = (account.lastAttempt?.at ?? null) !== before.attemptAt;
  const isStuck = account.phase !== 'live' && account.phase !== 'new';
  return hasTried || isStuck ? 'trouble' : 'asking';
}
