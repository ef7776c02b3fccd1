/** What an account needs of a person, whatever the attempt under way. Pure. */
import type { AccountView } from '../console/contract.ts';

export type Need = 'awaiting-admin' | 'refused' | 'whitelist' | 'secret' | 'account';
export type SecretFault = 'missing' | 'locked' | 'frozen' | 'wrong';

const NEED_OF_TROUBLE: Partial<Record<NonNullable<AccountView['trouble']>['class'], Need>> = {
  'awaiting-admin': 'awaiting-admin',
  refused: 'refused',
  'not-whitelisted': 'whitelist',
  secret: 'secret',
  account: 'account',
};
const FROZEN = 40243;

/** null: the console sees to it by itself. An account whose vault was not read yet needs nothing. */
export function needOf(account: AccountView): Need | null {
  const { phase, secret, trouble } = account;
  if (phase === 'paused' || phase === 'new') return null;
  if (phase === 'needs-attention' && (secret === 'missing' || secret === 'locked')) return 'secret';
  return (trouble && NEED_OF_TROUBLE[trouble.class]) ?? null;
}

export function secretFaultOf({ secret, trouble }: AccountView): SecretFault {
  if (secret === 'missing' || secret === 'locked') return secret;
  return trouble?.errcode === FROZEN ? 'frozen' : 'wrong';
}
