/**
 * One round of looking at all keys: SDKs remove a key (WxJava's EXPIRE 0 on 40001) or write their own token there.
 * What nobody has is written again, what is somebody else's is left alone and told.
 */
import type { TokenDesk } from '../../console/handout.ts';
import type { Log } from '../../log.ts';
import { type Book, digestOf, isKeeper, isUnwritten, type Plan, planOf } from './book.ts';
import type { Claims } from './claims.ts';
import type { Connection, RedisClient } from './connection.ts';
import { type Found, judge, type Repair } from './judge.ts';
import type { Publisher } from './publisher.ts';
import { problemOf } from './reason.ts';

export interface RoundParts {
  readonly desk: TokenDesk;
  readonly claims: Claims;
  readonly publisher: Publisher;
  readonly log: Log;
  readonly now: () => number;
  readonly changed: () => void;
}

/** Accounts in one pipeline: bounds how long the keys of others keep a new token waiting, here and in Redis. */
const AT_ONCE = 100;

interface Look {
  readonly book: Book;
  readonly plan: Plan;
  readonly revision: number;
}

/** Resolves to whether a token is still to be written; rejects when Redis does not answer. */
export async function reconcile(
  books: readonly Book[],
  connection: Connection,
  parts: RoundParts,
): Promise<{ isAllWritten: boolean }> {
  let isAllWritten = true;
  for (let start = 0; start < books.length; start += AT_ONCE) {
    const looks: Look[] = [];
    for (const book of books.slice(start, start + AT_ONCE)) {
      const plan = planToCheck(book, parts);
      if (plan === 'unwritten') isAllWritten = false;
      else if (plan !== null) looks.push({ book, plan, revision: book.revision });
    }
    await checkAll(looks, connection, parts);
  }
  // Also with nothing to look at, a connection that has gone quiet is found out here.
  await connection.use((client) => client.sendCommand(['PING']));
  return { isAllWritten };
}

function planToCheck(book: Book, { desk, claims, publisher, now }: RoundParts): Plan | 'unwritten' | null {
  if (!isKeeper(book, desk)) {
    // The one that leads keeps them now; they are not this console's to delete.
    book.held.clear();
    return null;
  }
  if (book.isWriting) return 'unwritten';
  const plan = planOf(book, desk, claims, now());
  if (plan === null) {
    if (book.held.size > 0) publisher.publish(book);
    return null;
  }
  if (!isUnwritten(plan)) return plan;
  publisher.publish(book);
  return 'unwritten';
}

async function checkAll(looks: readonly Look[], connection: Connection, parts: RoundParts): Promise<void> {
  const keys = looks.flatMap(({ plan }) =>
    plan.lines.flatMap(({ entries }) => entries.map(({ key }) => key)),
  );
  if (keys.length === 0) return;
  const values = await connection.use((client) => Promise.all(keys.map((key) => lookAt(client, key))));
  const found = new Map(keys.map((key, index) => [key, values[index]]));
  const repairs = looks
    // Written meanwhile: what was seen is out of date.
    .filter(({ book, revision }) => book.revision === revision)
    .map((look) => ({ ...look, repairs: judged(look, found, parts) }))
    .filter((look) => look.repairs.length > 0)
    .map((look) => parts.publisher.repair(look.book, look.plan, look.repairs));
  if (repairs.length === 0) return;
  await Promise.all(repairs);
  parts.changed();
}

function judged(
  { book, plan }: Look,
  found: ReadonlyMap<string, Found | undefined>,
  { log, now, changed }: RoundParts,
): readonly Repair[] {
  return plan.lines.flatMap(({ spot, entries }) => {
    const there = entries.map(({ key }) => found.get(key));
    const verdict = judge(spot.target.profile, entries, there, (token) => book.tokens.has(digestOf(token)));
    const foreignSince = verdict.is === 'foreign' ? (spot.foreignSince ?? now()) : null;
    const isBlind = verdict.is === 'denied';
    if (foreignSince !== null && spot.foreignSince === null) {
      const facts = { appId: book.appId, profile: spot.target.profile };
      log.warn(facts, 'another writer has put a token of its own into a Redis key: left alone');
    }
    if (foreignSince !== spot.foreignSince || isBlind !== spot.isBlind) changed();
    spot.foreignSince = foreignSince;
    spot.isBlind = isBlind;
    return verdict.is === 'ours' ? verdict.repairs : [];
  });
}

async function lookAt(client: RedisClient, key: string): Promise<Found> {
  try {
    const [value, msLeft] = await Promise.all([
      client.sendCommand(['GET', key]),
      client.sendCommand(['PTTL', key]),
    ]);
    return { value: typeof value === 'string' ? value : null, msLeft: Number(msLeft) };
  } catch (error) {
    if (problemOf(error).reach !== 'keys') throw error;
    return `${error}`.includes('WRONGTYPE') ? 'not-a-string' : 'denied';
  }
}
