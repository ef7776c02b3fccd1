/** Accounts as the desktop's parts see them, at a fixed time. */
import type { AccountView, ConsoleEvent, Preferences, StateView } from '../../electron/console/contract.ts';
import { DEFAULT_PREFERENCES } from '../../electron/console/preferences.ts';
import { emptyState } from './fake-console.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A Sunday noon, by this machine's clock: quiet hours are its hours. */
export const NOON = new Date(2026, 10, 22, 12, 0, 0).getTime();

export function appIdOf(n: number): string {
  return `wx${n.toString(16).padStart(16, '0')}`;
}

/** A live account of the stable line with 1 h 42 min left. */
export function account(n: number, changes: Partial<AccountView> = {}): AccountView {
  return {
    appId: appIdOf(n),
    name: `shop ${n}`,
    kind: 'mini',
    line: 'stable',
    apiBase: 'https://api.weixin.qq.com',
    leadSeconds: 600,
    phase: 'live',
    secret: 'stored',
    token: tokenFor(102 * MINUTE),
    previousToken: null,
    nextAttemptAt: null,
    lastAttempt: null,
    confirmation: null,
    callerIp: '203.0.113.7',
    trouble: null,
    checkMinutes: 5,
    lastCheck: null,
    overwrittenAt: [],
    force: null,
    drill: null,
    role: 'alone',
    confirmationSteps: [],
    addresses: [],
    ...changes,
  };
}

/** A token that lives for `left` ms more. */
export function tokenFor(left: number): AccountView['token'] {
  const expiresAt = NOON + left;
  return { fingerprint: '3fa9c1d2', obtainedAt: expiresAt - 2 * HOUR, expiresAt, expiresIn: 7200 };
}

type TroubleClass = NonNullable<AccountView['trouble']>['class'];

const PHASES: Partial<Record<TroubleClass, AccountView['phase']>> = {
  transient: 'retrying',
  quota: 'retrying',
  unknown: 'retrying',
  'awaiting-admin': 'awaiting-admin',
  refused: 'refused',
};

/** What an account in trouble differs in; it began just now. */
export function trouble(name: TroubleClass, more: Partial<AccountView> = {}): Partial<AccountView> {
  const phase = PHASES[name] ?? 'needs-attention';
  return { phase, trouble: { class: name, errcode: null, since: NOON }, ...more };
}

/** The risk confirmation of an address, as the console shows it. */
export function confirmation(
  ip: string,
  state: 'awaiting' | 'refused-once' | 'refused-twice' = 'awaiting',
): AccountView['confirmation'] {
  const until = state === 'awaiting' ? null : NOON + HOUR;
  return { state, ip, since: NOON, until, nextProbeAt: null, probesLeft: 0 };
}

export function stateWith(
  accounts: readonly AccountView[],
  preferences: Partial<Preferences> = {},
): StateView {
  const values = { ...DEFAULT_PREFERENCES, language: 'en' as const, ...preferences };
  return { ...emptyState, accounts: [...accounts], preferences: { ...emptyState.preferences, values } };
}

export function changed(n: number, changes: Partial<AccountView>): ConsoleEvent {
  return { type: 'account-changed', appId: appIdOf(n), changes };
}

export function preferred(changes: Partial<Preferences>): ConsoleEvent {
  const { preferences } = stateWith([], changes);
  return { type: 'preferences-changed', preferences };
}
