/** What is known of each account's keys: what was written where, what stands in the way. */
import { hash } from 'node:crypto';
import type { PlaceState, RedisTarget } from '../../console/contract.ts';
import type { HandedToken, TokenDesk } from '../../console/handout.ts';
import type { Claims } from './claims.ts';
import { keysOf } from './key-of.ts';
import { type Entry, entriesOf } from './profiles.ts';

/** One target of an account. */
export interface Spot {
  readonly owner: string;
  readonly target: RedisTarget;
  keys: readonly string[];
  /** Another target has one of its keys. */
  isTaken: boolean;
  /** Digest of the token written last, and when, ms. */
  written: { readonly digest: string; readonly at: number } | null;
  /** Since when another writer's token is there. */
  foreignSince: number | null;
  problem: string | null;
  /** The key cannot be looked at: the Redis user may write it and not read it. */
  isBlind: boolean;
}

export interface Book {
  readonly appId: string;
  spots: readonly Spot[];
  /** Digests of the tokens this console has had, the newest last: what it may overwrite. */
  readonly tokens: Set<string>;
  /** What this console's keys hold, so that it deletes nothing else. */
  readonly held: Map<string, Held>;
  /** Grows with each write: what was read before it is out of date. */
  revision: number;
  isWriting: boolean;
  isDue: boolean;
}

/**
 * What a key can hold that this console wrote: the last value sent and the one before it, since a write that got
 * no answer may have been carried out or not. `until`: when Redis forgets it by itself, ms.
 */
export interface Held {
  readonly values: readonly string[];
  readonly until: number;
}

/** What is to be written for one account. */
export interface Plan {
  readonly token: HandedToken;
  readonly digest: string;
  readonly lines: readonly { readonly spot: Spot; readonly entries: readonly Entry[] }[];
}

/** A day of tokens at WeChat's own pace is 12; an SDK that puts back an older one has kept it for too long. */
const REMEMBERED = 32;

export function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}

export function newBook(appId: string): Book {
  return {
    appId,
    spots: [],
    tokens: new Set(),
    held: new Map(),
    revision: 0,
    isWriting: false,
    isDue: false,
  };
}

export function newSpots(appId: string, targets: readonly RedisTarget[]): readonly Spot[] {
  return targets.map((target, index) => ({
    owner: `${appId}#${index}`,
    target,
    keys: [],
    isTaken: false,
    written: null,
    foreignSince: null,
    problem: null,
    isBlind: false,
  }));
}

/** Keeps in mind that the console has had this token. */
export function remember({ tokens }: Book, token: string): string {
  const digest = digestOf(token);
  tokens.delete(digest);
  tokens.add(digest);
  const [oldest] = tokens;
  if (tokens.size > REMEMBERED && oldest !== undefined) tokens.delete(oldest);
  return digest;
}

/** Keeps in mind what is about to be written. */
export function hold({ held }: Book, entries: readonly Entry[], until: number): void {
  for (const { key, value } of entries) {
    const last = held.get(key)?.values.at(-1);
    held.set(key, { values: last === undefined || last === value ? [value] : [last, value], until });
  }
}

/** Brings the spots' keys up to date with the account: changing its line changes some of them. */
export function settleKeys(book: Book, desk: TokenDesk, claims: Claims): void {
  const view = desk.view(book.appId);
  if (view === undefined) return;
  for (const spot of book.spots) {
    spot.keys = keysOf(spot.target, view);
    spot.isTaken = !claims.take(spot.owner, spot.keys);
  }
}

/** What the account's keys should hold now, by the desk as it is now; null: nothing is to be there. */
export function planOf(book: Book, desk: TokenDesk, claims: Claims, now: number): Plan | null {
  const view = desk.view(book.appId);
  const token = desk.token(book.appId);
  if (view === undefined || token === undefined || token === null) return null;
  settleKeys(book, desk, claims);
  const lines = book.spots
    .filter((spot) => !spot.isTaken)
    .map((spot) => ({ spot, entries: entriesOf(spot.target, view, token, now) }))
    .filter(({ entries }) => entries.length > 0);
  return { token, digest: remember(book, token.accessToken), lines };
}

/** Whether a token is to be written that is not there yet, whatever is. */
export function isUnwritten({ digest, lines }: Plan): boolean {
  return lines.some(({ spot }) => spot.written?.digest !== digest || spot.problem !== null);
}

/** Whether this console keeps the account's keys; while it follows another, that one does. */
export function isKeeper(book: Book, desk: TokenDesk): boolean {
  const role = desk.view(book.appId)?.role;
  return role === 'alone' || role === 'leading';
}

/** How a target stands; `unreachable`: why Redis takes nothing now, null when it does, undefined when it is off. */
export function placeOf(
  spot: Spot,
  token: { readonly digest: string } | null,
  isKept: boolean,
  unreachable: string | null | undefined,
): PlaceState {
  const at = spot.written?.at ?? null;
  if (spot.isTaken) return { state: 'failing', at, detail: TAKEN };
  if (unreachable === undefined || token === null) return { state: 'idle', at, detail: null };
  if (!isKept) return { state: 'idle', at, detail: FOLLOWS };
  if (spot.foreignSince !== null) return { state: 'foreign', at, detail: foreign(spot.foreignSince) };
  if (spot.written?.digest === token.digest && spot.problem === null) {
    return spot.isBlind ? { state: 'failing', at, detail: BLIND } : { state: 'written', at, detail: null };
  }
  if (unreachable !== null) return { state: 'waiting', at, detail: unreachable };
  return spot.problem === null
    ? { state: 'waiting', at, detail: null }
    : { state: 'failing', at, detail: spot.problem };
}

const TAKEN =
  'another target, of this or another account, writes this key, or it is one of the console’s own (wtc:): give it a prefix or a key of its own';
const BLIND =
  'written, but the Redis user may not read it (NOPERM): a key that a server removes would not be seen';
const FOLLOWS = 'another console refreshes this account and writes its keys';

function foreign(since: number): string {
  return `a token of another writer is there since ${new Date(since).toISOString()} and was left alone`;
}
