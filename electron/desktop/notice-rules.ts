/** Which change of an account is worth a notice. Pure: (before, after, what was told, now) -> news. */
import type { AccountView, NoticeKind } from '../console/contract.ts';
import { type Need, needOf } from './need.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** With less left of its token, an account that gets no new one is told of. */
const SHORT = 10 * MINUTE;
/** What the next try mends is not worth telling: a token is first asked for about ten minutes before its end. */
const HICCUP = MINUTE;
/** A second system overwrites again and again; it is told of once until it has been silent for so long. */
const OVERWRITING_LASTS = HOUR;

/** What a person was told of an account's present trouble. */
export interface Told {
  readonly need: Need | null;
  /** The addresses or refusals of that need which were told. */
  readonly keys: readonly string[];
  readonly failing: boolean;
}

export const NOTHING_TOLD: Told = { need: null, keys: [], failing: false };

export interface News {
  readonly kinds: readonly NoticeKind[];
  readonly told: Told;
}

/** `before` null: the account is seen for the first time. */
export function newsOf(before: AccountView | null, after: AccountView, told: Told, now: number): News {
  const overwritten: NoticeKind[] = before && isOverwrittenAnew(before, after) ? ['overwritten'] : [];
  const news = newsOfTrouble(after, told, now);
  return { kinds: [...overwritten, ...news.kinds], told: news.told };
}

function newsOfTrouble(account: AccountView, told: Told, now: number): News {
  if (account.phase === 'paused') return { kinds: [], told: NOTHING_TOLD };
  if (account.phase === 'live') {
    const wasTold = told.need !== null || told.failing;
    return { kinds: wasTold ? ['recovered'] : [], told: NOTHING_TOLD };
  }
  const need = needOf(account);
  const kind = need === 'account' ? null : need; // only `failing` tells of it
  if (kind !== null && need !== null) {
    const key = keyOf(account, need);
    const keys = told.need === need ? told.keys : [];
    // A need that comes with a short or dead token tells that as well: no second notice a minute later.
    const failing = told.failing || isShort(account, now);
    if (!keys.includes(key)) return { kinds: [kind], told: { need, keys: [...keys, key], failing } };
  }
  const at = failingAt(account);
  if (told.failing || at === null || at > now) return { kinds: [], told };
  return { kinds: ['failing'], told: { ...told, failing: true } };
}

/** What makes the same need another one: each address is confirmed by itself, and a second refusal blocks for longer. */
function keyOf({ confirmation, callerIp }: AccountView, need: Need): string {
  if (need === 'awaiting-admin') return confirmation?.ip ?? '';
  if (need === 'refused') return confirmation?.state ?? '';
  return need === 'whitelist' ? (callerIp ?? '') : '';
}

function isShort({ token }: AccountView, now: number): boolean {
  return token === null || token.expiresAt - now < SHORT;
}

/** When an account that is in trouble counts as failing if nothing changes; null: it is in none. */
export function failingAt({ trouble, token, phase }: AccountView): number | null {
  if (trouble === null || phase === 'paused') return null;
  return Math.max((token?.expiresAt ?? 0) - SHORT, trouble.since + HICCUP);
}

function isOverwrittenAnew(before: AccountView, after: AccountView): boolean {
  const last = after.overwrittenAt.at(-1);
  if (last === undefined || last <= (before.overwrittenAt.at(-1) ?? 0)) return false;
  const previous = after.overwrittenAt.at(-2);
  return previous === undefined || last - previous >= OVERWRITING_LASTS;
}
