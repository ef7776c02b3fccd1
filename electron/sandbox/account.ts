/** An account as this WeChat knows it: what a test or the demo sets, and what calls have made of it. */
import { isIP } from 'node:net';
import type { AccountKind, TokenLine } from '../console/contract.ts';
import { NOTHING_SPENT, type Spent } from './budget.ts';
import type { Consent } from './consent.ts';
import { type Line, LONGEST_LIFE_SECONDS } from './line.ts';
import { isListed } from './whitelist.ts';

/** Why an account as a whole gets no token; changes work at once here, where WeChat takes some minutes. */
export type Standing = 'good' | 'secret-frozen' | 'account-frozen' | 'barred' | 'third-party';

export interface AccountSettings {
  readonly kind: AccountKind;
  readonly secret: string;
  /** `expires_in` of a new token, 1 to 7200 seconds. */
  readonly lifeSeconds: number;
  /** null: switched off. */
  readonly whitelist: readonly string[] | null;
  /** The address that calls for this account seem to come from; null: the world's. */
  readonly callerIp: string | null;
  /** Risk confirmation: a new IP needs the administrator's word, unless it is on the whitelist. */
  readonly confirmation: boolean;
  readonly standing: Standing;
  /** Calls a day, for each line on its own; null: 2000 standard, 500 000 stable. */
  readonly dailyLimit: number | null;
  /** Calls a minute, for each line on its own; null: none standard, 10 000 stable. */
  readonly minuteLimit: number | null;
}

export interface Account {
  readonly appId: string;
  settings: AccountSettings;
  readonly lines: Record<TokenLine, Line>;
  /** By IP. */
  readonly consents: Map<string, Consent>;
  readonly today: Record<TokenLine, Spent>;
  readonly thisMinute: Record<TokenLine, Spent>;
  forcedToday: Spent;
  forcedAt: number;
  clearedThisMonth: Spent;
}

export const DEFAULT_SETTINGS: Omit<AccountSettings, 'secret'> = {
  kind: 'official',
  lifeSeconds: LONGEST_LIFE_SECONDS,
  whitelist: null,
  callerIp: null,
  confirmation: false,
  standing: 'good',
  dailyLimit: null,
  minuteLimit: null,
};

/** An account nobody has called for yet. Throws RangeError for an AppID or settings that WeChat never has. */
export function newAccount(appId: string, settings: AccountSettings): Account {
  if (!/^wx[0-9a-f]{16}$/.test(appId)) throw new RangeError(`not an AppID: ${appId}`);
  return {
    appId,
    settings: checked(settings),
    lines: { standard: [], stable: [] },
    consents: new Map(),
    today: { standard: NOTHING_SPENT, stable: NOTHING_SPENT },
    thisMinute: { standard: NOTHING_SPENT, stable: NOTHING_SPENT },
    forcedToday: NOTHING_SPENT,
    forcedAt: Number.NEGATIVE_INFINITY,
    clearedThisMonth: NOTHING_SPENT,
  };
}

/** Throws RangeError for a life, a whitelist entry or an IP that WeChat never has; otherwise the settings. */
export function checked(settings: AccountSettings): AccountSettings {
  const { lifeSeconds, whitelist, kind, callerIp } = settings;
  if (!Number.isInteger(lifeSeconds) || lifeSeconds < 1 || lifeSeconds > LONGEST_LIFE_SECONDS) {
    throw new RangeError(`a life of ${lifeSeconds} s: WeChat's tokens live 1 to ${LONGEST_LIFE_SECONDS} s`);
  }
  if (callerIp !== null) checkedIp(callerIp);
  isListed('0.0.0.0', whitelist ?? [], kind);
  return settings;
}

export function checkedIp(ip: string): string {
  if (!isIP(ip)) throw new RangeError(`not an IP address: ${ip}`);
  return ip;
}
