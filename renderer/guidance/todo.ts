/** What there is to do for an account, from its view alone. Pure. */
import type { AccountView, Phase } from '../../electron/console/contract.ts';

export type Todo =
  | 'secret-missing'
  | 'secret-locked'
  | 'whitelist'
  | 'awaiting'
  | 'refused'
  | 'secret-wrong'
  | 'secret-frozen'
  | 'app-id'
  | 'barred'
  | 'request'
  | 'quota'
  | 'transient'
  | 'unknown'
  | 'paused';

type Trouble = NonNullable<AccountView['trouble']>;

const OF_CLASS: Readonly<Record<Trouble['class'], Todo>> = {
  transient: 'transient',
  quota: 'quota',
  'not-whitelisted': 'whitelist',
  'awaiting-admin': 'awaiting',
  refused: 'refused',
  secret: 'secret-wrong',
  account: 'barred',
  unknown: 'unknown',
  use: 'unknown',
};

/** Where one class asks for different acts: frozen, an AppID that cannot be used, a request changed on its way. */
const OF_CODE: ReadonlyMap<number, Todo> = new Map([
  [40243, 'secret-frozen'],
  [40013, 'app-id'],
  [61024, 'app-id'],
  [40002, 'request'],
  [41002, 'request'],
  [43002, 'request'],
]);

/** Phases in which what WeChat last said decides. */
const TROUBLED: ReadonlySet<Phase> = new Set<Phase>(['needs-attention', 'retrying']);

/** null: nothing to do, nothing to tell. `settled`: the phase before any attempt under way. */
export function todoOf(account: AccountView, settled: Phase): Todo | null {
  if (settled === 'paused') return 'paused';
  if (account.secret === 'missing') return 'secret-missing';
  if (account.secret === 'locked') return 'secret-locked';
  if (settled === 'awaiting-admin') return 'awaiting';
  if (settled === 'refused') return 'refused';
  if (!TROUBLED.has(settled)) return null;
  const { trouble } = account;
  if (trouble === null) return settled === 'retrying' ? 'transient' : 'unknown';
  return OF_CODE.get(trouble.errcode ?? 0) ?? OF_CLASS[trouble.class];
}
