/** Handing tokens out through an existing Redis: the parts of this folder put together. */
import { setTimeout as wait } from 'node:timers/promises';
import type { HandoutView, PlaceState, RedisSettings, RedisTarget } from '../../console/contract.ts';
import type { TokenDesk } from '../../console/handout.ts';
import type { Log } from '../../log.ts';
import { type Book, digestOf, isKeeper, newBook, newSpots, placeOf, remember, settleKeys } from './book.ts';
import { createClaims } from './claims.ts';
import {
  type Connection,
  connectRedis,
  type Heard,
  REDIS_PACE,
  type RedisClient,
  type RedisPace,
} from './connection.ts';
import { createOrphans } from './orphans.ts';
import { createPublisher } from './publisher.ts';
import { reconcile } from './reconcile.ts';

export type { RedisClient } from './connection.ts';
export { REDIS_PACE, type RedisPace } from './connection.ts';
export { keysOf, MANAGED_SECRET } from './key-of.ts';

export type RedisStatus = Pick<HandoutView['redis'], 'status' | 'since' | 'detail'>;

export interface RedisHandout {
  /** Connects, or switches off; what was written before is written again to what is there now. */
  configure(settings: RedisSettings | null, password: string | null): void;
  /**
   * Sets an account's targets and writes them, over another writer's token too: that is how a person takes a key
   * over. Keys that are no longer a target's are deleted while they still hold what this console wrote.
   */
  setTargets(appId: string, targets: readonly RedisTarget[]): void;
  /** The account is gone, and with it its keys, while they still hold what this console wrote. */
  forget(appId: string): void;
  /** This console may have begun to lead: its keys are written now, rather than with the next round. */
  roleChanged(appId: string): void;
  /** In the order of the targets. */
  places(appId: string): readonly { readonly keys: readonly string[]; readonly place: PlaceState }[];
  status(): RedisStatus;
  /** The connected client, for the lease; null while there is none. It has no time-out of its own. */
  client(): RedisClient | null;
  /** Calls `listener` with each new client and with null when it is gone; at once when there is one. */
  onReady(listener: (client: RedisClient | null) => void): () => void;
  /** Lets what is being written go out, for half a second at most. Keys stay, and end with their tokens. */
  close(): Promise<void>;
}

export interface RedisParts {
  readonly desk: TokenDesk;
  readonly log: Log;
  /** To be called when `places` or `status` tell something new. */
  readonly changed: () => void;
  /** The wall clock of `HandedToken.endsAt`, ms. */
  readonly clock: () => number;
  readonly pace?: RedisPace;
}

const LAST_WRITES_MS = 500;

export function createRedisHandout(parts: RedisParts): RedisHandout {
  const { desk, log, changed, clock: now, pace = REDIS_PACE } = parts;
  const books = new Map<string, Book>();
  const claims = createClaims();
  const listeners = new Set<(client: RedisClient | null) => void>();
  let told: RedisClient | null = null;
  let connection: Connection | null = null;
  let standing: RedisStatus = { status: 'off', since: now(), detail: null };
  let round: NodeJS.Timeout | undefined;

  const stand = (status: RedisStatus['status'], detail: string | null) => {
    if (standing.status === status && standing.detail === detail) return;
    standing = { status, since: now(), detail };
    if (status === 'failing')
      log.warn({ reason: detail }, 'Redis takes no tokens; the gateway still hands them out');
    if (status === 'ready') log.info({}, 'Redis takes tokens');
    changed();
  };
  const tell = (client: RedisClient | null) => {
    if (client === told) return;
    told = client;
    for (const listener of listeners) listener(client);
  };
  const ready = () => (connection?.client() == null ? null : connection);
  const publisher = createPublisher({
    desk,
    claims,
    now,
    connection: ready,
    changed,
    answered: (problem) => {
      if (ready() === null) return;
      if (problem === null) stand('ready', null);
      else if (problem.reach === 'writes') stand('failing', problem.detail);
    },
  });
  const orphans = createOrphans(publisher, claims, now);

  const look = async (on: Connection) => {
    try {
      const everyBook = [...books.values()];
      const { isAllWritten } = await reconcile(everyBook, on, { desk, claims, publisher, log, now, changed });
      if (isAllWritten && on === ready()) stand('ready', null);
      await orphans.remove();
    } catch {
      // Redis did not answer: the connection's end tells why, and the next one begins with a round.
    }
    if (on === connection && on.client() !== null) plan(on, pace.reconcile * (0.9 + Math.random() / 5));
  };
  const plan = (on: Connection, delay: number) => {
    clearTimeout(round);
    round = setTimeout(() => void look(on), delay);
  };

  /** A connection that was replaced has nothing more to say. */
  const heard = (from: Connection, news: Parameters<Heard>[0]) => {
    if (from !== connection) return;
    if ('client' in news) {
      stand('ready', null);
      plan(from, 0);
    } else {
      clearTimeout(round);
      stand('failing', news.problem.detail);
    }
    tell(from.client());
  };

  const stop = () => {
    clearTimeout(round);
    connection?.close();
    connection = null;
    tell(null);
  };

  const drop = (book: Book, staying: ReadonlySet<string>) => {
    if (desk.view(book.appId) === undefined || isKeeper(book, desk)) orphans.add(book.held, staying);
    for (const { owner } of book.spots) claims.release(owner);
  };

  const unsubscribe = desk.onToken((appId, token) => {
    const book = books.get(appId);
    if (book === undefined) return;
    if (token !== null) remember(book, token.accessToken);
    publisher.publish(book);
  });

  const forget = (appId: string) => {
    const book = books.get(appId);
    if (book === undefined) return;
    books.delete(appId);
    drop(book, new Set());
    void orphans.remove();
  };

  return {
    configure: (settings, password) => {
      stop();
      orphans.clear();
      for (const book of books.values()) {
        book.held.clear();
        book.spots = newSpots(
          book.appId,
          book.spots.map(({ target }) => target),
        );
      }
      if (settings === null) {
        stand('off', null);
        return;
      }
      stand('connecting', null);
      const hear: Heard = (news) => heard(opened, news);
      const opened: Connection = connectRedis(settings, password, pace, hear);
      connection = opened;
    },
    setTargets: (appId, targets) => {
      if (targets.length === 0) {
        forget(appId);
        return;
      }
      const book = books.get(appId) ?? newBook(appId);
      books.set(appId, book);
      const before = new Map(book.held);
      drop({ ...book, held: new Map() }, new Set());
      book.spots = newSpots(appId, targets);
      settleKeys(book, desk, claims);
      const staying = new Set(book.spots.flatMap(({ keys }) => keys));
      if (isKeeper(book, desk)) orphans.add(before, staying);
      for (const key of before.keys()) if (!staying.has(key)) book.held.delete(key);
      publisher.publish(book);
      void orphans.remove();
      changed();
    },
    forget,
    roleChanged: (appId) => {
      const book = books.get(appId);
      if (book !== undefined && isKeeper(book, desk)) publisher.publish(book);
    },
    places: (appId) => {
      const book = books.get(appId);
      if (book === undefined) return [];
      settleKeys(book, desk, claims);
      const token = desk.token(appId) ?? null;
      const written = token === null ? null : { digest: digestOf(token.accessToken) };
      const unreachable = { off: undefined, ready: null, connecting: null, failing: standing.detail };
      return book.spots.map((spot) => ({
        keys: spot.keys,
        place: placeOf(spot, written, isKeeper(book, desk), unreachable[standing.status]),
      }));
    },
    status: () => standing,
    client: () => connection?.client() ?? null,
    onReady: (listener) => {
      listeners.add(listener);
      const client = connection?.client() ?? null;
      if (client !== null) listener(client);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      unsubscribe();
      await Promise.race([publisher.settled(), wait(LAST_WRITES_MS, undefined, { ref: false })]);
      stop();
    },
  };
}
