/** What a press on "refresh" should do first. Pure. */
import type { AccountView, Phase } from '../../electron/console/contract.ts';

/** Why a person is asked first: it ends a live token, a block is not over, or it is a forced refresh. */
export type Doubt = 'kill' | 'blocked' | 'force';

export interface RefreshPlan {
  /** null: go ahead at once. */
  readonly doubt: Doubt | null;
  /** What the command is given. */
  readonly force: boolean;
}

/**
 * Decides whether a refresh of `account` needs a confirmation.
 * `settled`: the phase before any attempt under way. `force`: asked for by its own menu item.
 */
export function planRefresh(account: AccountView, settled: Phase, force: boolean, now: number): RefreshPlan {
  const blockedUntil = settled === 'refused' ? (account.confirmation?.until ?? 0) : 0;
  if (blockedUntil > now) return { doubt: 'blocked', force: true };
  if (force) return { doubt: 'force', force: true };
  const isTokenLive = account.token !== null && account.token.expiresAt > now;
  if (account.line === 'standard' && isTokenLive) return { doubt: 'kill', force: false };
  return { doubt: null, force: false };
}
