/** What there is to do for an account, from its view and the class of its last reply. Pure. */
import type { AccountView, ErrorClass, Phase } from '../../electron/console/contract.ts';

export type Todo =
  | 'secret-missing'
  | 'secret-locked'
  | 'whitelist'
  | 'awaiting'
  | 'refused'
  | 'secret-wrong'
  | 'account'
  | 'other'
  | 'retrying'
  | 'paused';

/** null: nothing to do, nothing to tell. `settled`: the phase before any attempt under way. */
export function todoOf(account: AccountView, settled: Phase, replyClass: ErrorClass | null): Todo | null {
  if (settled === 'paused') return 'paused';
  if (account.secret === 'missing') return 'secret-missing';
  if (account.secret === 'locked') return 'secret-locked';
  if (settled === 'awaiting-admin') return 'awaiting';
  if (settled === 'refused') return 'refused';
  if (settled === 'retrying') return 'retrying';
  if (settled !== 'needs-attention') return null;
  if (replyClass === 'not-whitelisted') return 'whitelist';
  if (replyClass === 'secret') return 'secret-wrong';
  return replyClass === 'account' ? 'account' : 'other';
}

/** The address to show: as the pending confirmation or the last reply names it, else as last seen. */
export function addressOf(account: AccountView): string | null {
  return account.confirmation?.ip ?? account.lastAttempt?.ip ?? account.callerIp;
}
