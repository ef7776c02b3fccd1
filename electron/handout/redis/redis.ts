/** Handing tokens out through an existing Redis: the parts of this folder put together. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PlaceState, RedisSettings, RedisTarget } from '../../console/contract.ts';
import type { TokenDesk } from '../../console/handout.ts';
import type { Log } from '../../log.ts';
import { type Book, digestOf, isKeeper, newBook, newSpots, placeOf, remember, settleKeys } from './book.ts';
import { type Claims, createClaims } from './claims.ts';
import { type Connection, REDIS_PACE, type RedisClient, type RedisPace } from './connection.ts';
import { Link, type RedisStatus } from './link.ts';
import { createOrphans, type Orphans } from './orphans.ts';
import { Publisher } from './publisher.ts';
import type { Problem } from './reason.ts';
import { reconcile } from './reconcile.ts';

export type { RedisClient } from './connection.ts';
export { REDIS_PACE, type RedisPace } from './connection.ts';
export { keysOf, MANAGED_SECRET } from './key-of.ts';
export type { RedisStatus } from './link.ts';

export interface RedisHandout {
  /** Connects, or switches off; what was written before is written again to what is there now. */
  configure(settings: RedisSettings | null, password: string | null): void;
  /** Redis is set up, but nothing can be connected yet: `detail` says why. */
  hold(detail: string): void;
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
  return new HandoutOverRedis(parts);
}

class HandoutOverRedis implements RedisHandout {
  readonly #parts: RedisParts;
  readonly #books = new Map<string, Book>();
  readonly #claims: Claims = createClaims();
  readonly #link: Link;
  readonly #publisher: Publisher;
  readonly #orphans: Orphans;
  readonly #stopListening: () => void;

  constructor(parts: RedisParts) {
    this.#parts = parts;
    const { desk, log, changed, clock: now, pace = REDIS_PACE } = parts;
    const claims = this.#claims;
    this.#link = new Link({ log, now, changed, pace, round: (on) => this.#round(on) });
    const connection = () => this.#link.ready();
    const answered = (problem: Problem | null) => this.#link.answered(problem);
    this.#publisher = new Publisher({ desk, claims, now, connection, answered, changed });
    this.#orphans = createOrphans(this.#publisher, claims, now);
    this.#stopListening = desk.onToken((appId, token) => {
      const book = this.#books.get(appId);
      if (book === undefined) return;
      if (token !== null) remember(book, token.accessToken);
      this.#publisher.publish(book);
    });
  }

  configure(settings: RedisSettings | null, password: string | null): void {
    this.#orphans.clear();
    for (const book of this.#books.values()) {
      const targets = book.spots.map(({ target }) => target);
      book.held.clear();
      book.spots = newSpots(book.appId, targets);
    }
    this.#link.configure(settings, password);
  }

  hold(detail: string): void {
    this.#link.hold(detail);
  }

  setTargets(appId: string, targets: readonly RedisTarget[]): void {
    if (targets.length === 0) {
      this.forget(appId);
      return;
    }
    const book = this.#books.get(appId) ?? newBook(appId);
    this.#books.set(appId, book);
    for (const { owner } of book.spots) this.#claims.release(owner);
    book.spots = newSpots(appId, targets);
    settleKeys(book, this.#parts.desk, this.#claims);
    this.#leave(book, new Set(book.spots.flatMap(({ keys }) => keys)));
    this.#publisher.publish(book);
    this.#parts.changed();
  }

  forget(appId: string): void {
    const book = this.#books.get(appId);
    if (book === undefined) return;
    this.#books.delete(appId);
    for (const { owner } of book.spots) this.#claims.release(owner);
    this.#leave(book, new Set());
  }

  roleChanged(appId: string): void {
    const book = this.#books.get(appId);
    if (book !== undefined && isKeeper(book, this.#parts.desk)) this.#publisher.publish(book);
  }

  places(appId: string): readonly { keys: readonly string[]; place: PlaceState }[] {
    const { desk } = this.#parts;
    const book = this.#books.get(appId);
    if (book === undefined) return [];
    settleKeys(book, desk, this.#claims);
    const token = desk.token(appId) ?? null;
    const due = token === null ? null : { digest: digestOf(token.accessToken) };
    const { status, detail } = this.#link.status;
    const unreachable = { off: undefined, ready: null, connecting: null, failing: detail }[status];
    const isKept = isKeeper(book, desk);
    return book.spots.map((spot) => ({ keys: spot.keys, place: placeOf(spot, due, isKept, unreachable) }));
  }

  status(): RedisStatus {
    return this.#link.status;
  }

  client(): RedisClient | null {
    return this.#link.client();
  }

  onReady(listener: (client: RedisClient | null) => void): () => void {
    return this.#link.onReady(listener);
  }

  async close(): Promise<void> {
    this.#stopListening();
    await Promise.race([this.#publisher.settled(), wait(LAST_WRITES_MS)]);
    this.#link.close();
  }

  async #round(on: Connection): Promise<{ isAllWritten: boolean }> {
    const { desk, log, changed, clock: now } = this.#parts;
    const parts = { desk, log, changed, now, claims: this.#claims, publisher: this.#publisher };
    const outcome = await reconcile([...this.#books.values()], on, parts);
    await this.#orphans.remove();
    return outcome;
  }

  /** Gives up what the book's keys hold, but for those that stay; where another console leads, it is that one's. */
  #leave(book: Book, staying: ReadonlySet<string>): void {
    const { desk } = this.#parts;
    const isOurs = desk.view(book.appId) === undefined || isKeeper(book, desk);
    if (isOurs) this.#orphans.add(book.held, staying);
    for (const key of book.held.keys()) if (!staying.has(key)) book.held.delete(key);
    void this.#orphans.remove();
  }
}
