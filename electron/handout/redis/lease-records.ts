/** Keeps the records in Redis and the tokens of the desk the same: the thin runner round lease-book.ts. */
import type { HandedToken, TokenDesk } from '../../console/handout.ts';
import { deedFor, type Page } from './lease-book.ts';
import { left, type Moment } from './lease-policy.ts';
import { digestOf } from './lease-record.ts';
import { CHANGED, drop, type LeaseRedis, write } from './lease-scripts.ts';
import { within } from './lease-within.ts';

export interface RecordsParts {
  readonly desk: TokenDesk;
  readonly clock: () => Moment;
  readonly me: string;
  /** Redis did not answer. */
  readonly failed: (redis: LeaseRedis, error: unknown) => void;
  /** Another's record is there: it is to be read. */
  readonly lookAt: (appId: string) => void;
  /** A token was taken over, or was not. */
  readonly adopted: (fault: unknown) => void;
}

export class Records {
  readonly #parts: RecordsParts;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  /** Does what is needed so that Redis and the desk tell of the same token; nothing here is waited for. */
  agree(redis: LeaseRedis, page: Page): void {
    const { desk, clock, me } = this.#parts;
    const here = desk.token(page.appId);
    if (here === undefined) return;
    const now = clock();
    const isOwner = page.seat.held !== null && left(page.seat.held, now) > 0;
    const deed = deedFor(page, here, isOwner, now.wall);
    if (deed === 'adopt') this.#adopt(page);
    else page.isCaughtUp = true;
    if (deed === 'write' && here) this.#write(redis, page, here, false);
    if (deed === 'drop' && page.record) this.#run(redis, drop(redis, me, page.appId, page.record.digest));
  }

  /** The desk has a token that is new to it, or none any more. */
  heard(redis: LeaseRedis | null, page: Page, token: HandedToken | null): void {
    if (token === null) {
      page.buried = page.latest;
      if (redis && page.record) this.agree(redis, page);
      return;
    }
    page.latest = token.accessToken;
    const isKnown = page.record?.token.accessToken === token.accessToken;
    if (!isKnown && redis) this.#write(redis, page, token, true);
  }

  /** Resolves when what was sent to Redis has been answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** The keychain may take its time; the leases are renewed meanwhile. */
  #adopt(page: Page): void {
    const { record } = page;
    if (!record || page.adopting === record.digest) return;
    page.isCaughtUp = false;
    page.adopting = record.digest;
    const done = (fault: unknown) => {
      if (page.adopting !== record.digest) return;
      page.adopting = null;
      page.isCaughtUp = fault === null;
      this.#parts.adopted(fault);
    };
    this.#parts.desk.adopt(page.appId, record.token).then(
      () => done(null),
      (error) => done(error),
    );
  }

  #write(redis: LeaseRedis, page: Page, token: HandedToken, isFresh: boolean): void {
    this.#run(redis, this.#writeRecord(redis, page, token, isFresh));
  }

  #run(redis: LeaseRedis, asking: Promise<void>): void {
    const work = within(asking)
      .catch((error) => this.#parts.failed(redis, error))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #writeRecord(redis: LeaseRedis, page: Page, token: HandedToken, isFresh: boolean): Promise<void> {
    const { clock, me, lookAt } = this.#parts;
    const { appId, fence } = page;
    const { isWritten, text } = await write(redis, {
      ...{ appId, me, fence, token },
      ...{ wall: clock().wall, isFresh },
    });
    if (text === null) return;
    const digest = digestOf(text);
    if (isWritten) {
      page.record = { digest, text, token };
      await redis.publish(CHANGED, appId);
    } else if (digest !== page.record?.digest) {
      lookAt(appId);
    }
  }
}
