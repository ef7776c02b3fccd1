/** What is to be done about the keys of one target, given what Redis has there. Pure. */
import type { RedisProfile } from '../../console/contract.ts';
import { type Entry, tokenIn } from './profiles.ts';

/**
 * What is at a key; `msLeft` as PTTL tells: -1 no end. `value` null: nothing. `denied`: this Redis user may not
 * read it.
 */
export type Found = { readonly value: string | null; readonly msLeft: number } | 'not-a-string' | 'denied';

/** `add`: only while the key is missing. `replace`: only while its value is still `instead`. */
export type Repair =
  | { readonly kind: 'add'; readonly entry: Entry }
  | { readonly kind: 'replace'; readonly entry: Entry; readonly instead: string };

export type Verdict =
  | { readonly is: 'ours'; readonly repairs: readonly Repair[] }
  | { readonly is: 'foreign' | 'denied' };

/**
 * How far a key's life may be from the token's before it is corrected, ms. Longer: rounding and the way of two
 * commands, no more. Shorter does less harm: the key would go a little early and be written again.
 */
export const LIFE_MAY_DIFFER = { longer: 1500, shorter: 5000 } as const;

/** What SDKs save to say "no token" (co-wechat-api saves null): nobody's value. */
const NOTHING: ReadonlySet<string> = new Set(['', 'null', '""', 'N;', 's:0:"";']);

/**
 * A key with a token this console never had belongs to another writer: the whole target is left alone. With one
 * it had before, an SDK or a late writer has put an old one back.
 */
export function judge(
  profile: RedisProfile,
  entries: readonly Entry[],
  found: readonly (Found | undefined)[],
  hadBefore: (token: string) => boolean,
): Verdict {
  const repairs: Repair[] = [];
  for (const [index, entry] of entries.entries()) {
    const there = found[index];
    if (there === undefined) continue;
    if (there === 'denied') return { is: 'denied' };
    if (there === 'not-a-string') return { is: 'foreign' };
    if (there.value === null) {
      repairs.push({ kind: 'add', entry });
      continue;
    }
    if (entry.holds === 'token' && isForeign(profile, there.value, hadBefore)) return { is: 'foreign' };
    if (!isSame(profile, entry, there.value) || !isRightLife(entry, there.msLeft)) {
      repairs.push({ kind: 'replace', entry, instead: there.value });
    }
  }
  return { is: 'ours', repairs };
}

function isForeign(profile: RedisProfile, value: string, hadBefore: (token: string) => boolean): boolean {
  if (NOTHING.has(value)) return false;
  const token = tokenIn(profile, value);
  return token === null || !hadBefore(token);
}

/** Whether a value tells what the entry tells; the seconds in it were counted when it was written. */
function isSame(profile: RedisProfile, entry: Entry, value: string): boolean {
  if (entry.holds === 'end') return value === entry.value;
  return tokenIn(profile, value) === tokenIn(profile, entry.value);
}

function isRightLife({ ttlSeconds }: Entry, msLeft: number): boolean {
  const right = ttlSeconds * 1000;
  return msLeft >= right - LIFE_MAY_DIFFER.shorter && msLeft <= right + LIFE_MAY_DIFFER.longer;
}
