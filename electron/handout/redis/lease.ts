/**
 * The lease of each account in Redis: one console asks WeChat, the others follow. The thin runner round
 * lease-policy.ts (who may ask); docs/several-consoles.md tells the design.
 */
import { randomUUID } from 'node:crypto';
import type { AccountView } from '../../console/contract.ts';
import type { TokenDesk } from '../../console/handout.ts';
import type { Log } from '../../log.ts';
import { newPage, noteRecord, type Page } from './lease-book.ts';
import { type CompanyMemory, ContactWatch } from './lease-contact.ts';
import { codeOf, listen } from './lease-ear.ts';
import { holds, type Moment, RENEW_MS, type Role, roleOf, seen, untilChange } from './lease-policy.ts';
import { Records } from './lease-records.ts';
import { greet, type LeaseRedis, look, release, takeLeave } from './lease-scripts.ts';
import { within } from './lease-within.ts';

/** How soon Redis is asked again after it failed. */
const AGAIN_MS = 1000;
/** Calls to WeChat under way may end before the leases are given back; all of it is over within 1 s. */
const LEAVE_MS = { calls: 500, redis: 200, look: 20 } as const;
/** So that several followers do not reach for a lease in the same millisecond. */
const JITTER_MS = { least: 20, most: 100 } as const;

export interface LeaseParts {
  readonly desk: TokenDesk;
  readonly log: Log;
  readonly clock: () => Moment;
  /** This process among the consoles; must be of this process alone. */
  readonly id?: string;
  /** Called when a role has changed. */
  readonly changed: () => void;
  readonly memory?: CompanyMemory;
}

export interface Lease {
  /** Redis is set up: from now on each account's role is decided here; until Redis answers, all follow. */
  start(): void;
  /** A connected client whenever Redis becomes ready (then `start` is implied), null when it goes away. */
  use(redis: LeaseRedis | null): void;
  setAccounts(appIds: readonly string[]): void;
  /** The role at this very moment, by the clock: to be asked before a call to WeChat, since timers may be late. */
  role(appId: string): Role;
  /**
   * Redis was switched off, or is to be another one: gives the leases back within 1 s and decides no roles any
   * more. All accounts follow afterwards; the caller sets what they are then. To be called while Redis is connected.
   */
  stop(): Promise<void>;
  /** `stop`, for good. */
  close(): Promise<void>;
}

export function createLease(parts: LeaseParts): Lease {
  return new ConsoleLease(parts);
}

class ConsoleLease implements Lease {
  readonly #parts: LeaseParts;
  readonly #me: string;
  readonly #pages = new Map<string, Page>();
  readonly #wanted = new Set<string>();
  readonly #contact: ContactWatch;
  readonly #records: Records;
  readonly #deafen: () => void;
  #state: 'off' | 'on' | 'leaving' = 'off';
  #redis: LeaseRedis | null = null;
  #closeEar: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When all accounts are to be looked at, monotonic. */
  #lookAt = 0;
  #isLooking = false;

  constructor(parts: LeaseParts) {
    const { desk, clock } = parts;
    this.#parts = parts;
    this.#me = parts.id ?? randomUUID();
    this.#contact = new ContactWatch(parts.memory, clock());
    this.#records = new Records({
      ...{ desk, clock, me: this.#me },
      failed: (redis, error) => this.#failed(redis, error),
      lookAt: (appId) => this.#look([appId]),
      adopted: (fault) => {
        if (fault !== null) this.#logFault(fault, 'a token of another console was not taken over');
        this.#settle();
      },
    });
    this.#deafen = desk.onToken((appId, token) => {
      const page = this.#pages.get(appId);
      if (page && this.#state !== 'off') this.#records.heard(this.#redis, page, token);
    });
  }

  start(): void {
    if (this.#state !== 'off') return;
    this.#state = 'on';
    // What came while Redis was off was not heard: a token that ends now is this console's own, not another's.
    for (const page of this.#pages.values())
      page.latest = this.#parts.desk.token(page.appId)?.accessToken ?? null;
    this.#contact.begin(this.#parts.clock());
    this.#settle();
  }

  use(redis: LeaseRedis | null): void {
    this.#closeEar?.();
    this.#closeEar = null;
    this.#redis = redis;
    if (redis === null) {
      this.#contact.failed(this.#parts.clock());
      this.#settle();
      return;
    }
    this.start();
    this.#closeEar = listen(redis, (appId) => this.#heardOfChange(appId), this.#parts.log);
    this.#look([...this.#pages.keys()]);
  }

  setAccounts(appIds: readonly string[]): void {
    const kept = new Set(appIds);
    const gone = [...this.#pages.keys()].filter((appId) => !kept.has(appId));
    for (const appId of gone) this.#pages.delete(appId);
    if (this.#redis && gone.length > 0)
      release(this.#redis, this.#me, gone).catch((error) => this.#logFault(error, 'leases not given back'));
    const added = appIds.filter((appId) => !this.#pages.has(appId));
    for (const appId of added) this.#pages.set(appId, this.#page(appId));
    if (added.length === 0) return;
    this.#settle();
    this.#look(added);
  }

  role(appId: string): Role {
    const page = this.#pages.get(appId);
    return page && this.#state === 'on' ? this.#roleOf(page, this.#parts.clock()) : 'following';
  }

  async stop(): Promise<void> {
    if (this.#state !== 'on') return;
    this.#state = 'leaving';
    clearTimeout(this.#timer ?? undefined);
    for (const page of this.#pages.values()) this.#tell(page, 'following');
    await this.#callsUnderWay();
    await this.#leave().catch((error) => this.#logFault(error, 'leases not given back, they run out'));
    this.#closeEar?.();
    this.#closeEar = null;
    this.#redis = null;
    for (const appId of this.#pages.keys()) this.#pages.set(appId, this.#page(appId));
    this.#state = 'off';
  }

  async close(): Promise<void> {
    await this.stop();
    this.#closeEar?.();
    this.#deafen();
  }

  #page(appId: string): Page {
    return { ...newPage(appId), latest: this.#parts.desk.token(appId)?.accessToken ?? null };
  }

  #roleOf({ appId, seat, isCaughtUp }: Page, now: Moment): Role {
    const { desk } = this.#parts;
    const token = desk.token(appId);
    const tokenLeft = token ? token.endsAt - now.wall : 0;
    const account = { seat, isCaughtUp, tokenLeft, isAble: isAble(desk.view(appId)) };
    return roleOf(account, this.#contact.at(now), now);
  }

  #tell(page: Page, role: Role): void {
    if (page.role === role) return;
    page.role = role;
    this.#parts.desk.setRole(page.appId, role);
    this.#parts.changed();
  }

  /** Tells the desk every role as it is now, and sets the timer for when one may change by itself. */
  #settle(): void {
    if (this.#state !== 'on') return;
    const now = this.#parts.clock();
    const pages = [...this.#pages.values()];
    for (const page of pages) this.#tell(page, this.#roleOf(page, now));
    const changes = pages.map(({ seat }) => untilChange(seat, now));
    const canLook = this.#redis !== null && !this.#isLooking;
    const untilLook = canLook ? this.#lookAt - now.mono : RENEW_MS;
    const wait = Math.min(untilLook, this.#contact.isAway ? AGAIN_MS : RENEW_MS, ...changes);
    const whole = Math.max(JITTER_MS.least, Math.ceil(wait));
    this.#contact.awake(now, now.mono + whole);
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => this.#ring(), whole);
  }

  #ring(): void {
    const isDue = this.#parts.clock().mono >= this.#lookAt;
    this.#settle();
    if (isDue && !this.#isLooking) this.#look([...this.#pages.keys()]);
  }

  /** Looks at some accounts; those asked for while a look is under way get theirs when it has ended. */
  #look(appIds: readonly string[]): void {
    for (const appId of appIds) this.#wanted.add(appId);
    const redis = this.#redis;
    if (this.#isLooking || this.#state !== 'on' || redis === null) return;
    this.#isLooking = true;
    void this.#lookAtWanted(redis)
      .catch((error) => this.#failed(redis, error))
      .finally(() => {
        this.#isLooking = false;
        this.#settle();
        if (this.#wanted.size > 0) this.#look([]);
      });
  }

  /** Renews what this console has, reaches for what is free, and takes over what others have written. */
  async #lookAtWanted(redis: LeaseRedis): Promise<void> {
    const { desk, clock } = this.#parts;
    const pages = [...this.#wanted].flatMap((appId) => this.#pages.get(appId) ?? []);
    const isFull = pages.length === this.#pages.size;
    this.#wanted.clear();
    const questions = pages.map(({ appId, record }) => {
      return { appId, known: record?.digest ?? '', isWanted: isAble(desk.view(appId)) };
    });
    const sentAt = clock();
    const asking = Promise.all([greet(redis, this.#me), look(redis, this.#me, questions)]);
    const [company, findings] = await within(asking);
    if (redis !== this.#redis || this.#state !== 'on') return;
    const now = clock();
    this.#contact.reached(company, now);
    for (const finding of findings) {
      const page = this.#pages.get(finding.appId);
      if (!page) continue;
      page.seat = seen(page.seat, finding, company, sentAt, now);
      page.fence = finding.fence;
      noteRecord(page, finding.record, finding.redisNow, now.wall);
      this.#records.agree(redis, page);
    }
    const full = isFull ? sentAt.mono + RENEW_MS : this.#lookAt;
    this.#lookAt = Math.min(full, this.#nextVacancy(now));
  }

  /** When the first lease of another runs out, unless its owner renews it. */
  #nextVacancy(now: Moment): number {
    const jitter = JITTER_MS.least + Math.random() * (JITTER_MS.most - JITTER_MS.least);
    const ends = [...this.#pages.values()].map(({ seat }) => seat.foreignUntil);
    return Math.min(...ends.filter((at) => at > now.mono)) + jitter;
  }

  #heardOfChange(appId: string): void {
    const page = this.#pages.get(appId);
    if (page && !holds(page.seat, this.#parts.clock())) this.#look([appId]);
  }

  #failed(redis: LeaseRedis, error: unknown): void {
    if (redis !== this.#redis) return;
    if (!this.#contact.isFailing) this.#logFault(error, 'Redis did not answer about leases');
    const now = this.#parts.clock();
    this.#contact.failed(now);
    this.#lookAt = now.mono + AGAIN_MS;
  }

  /** A call under way would be made again by whoever takes over before its token is in the record. */
  async #callsUnderWay(): Promise<void> {
    const { clock } = this.#parts;
    const until = clock().mono + LEAVE_MS.calls;
    while (this.#calling().length > 0 && clock().mono < until)
      await new Promise((resolve) => setTimeout(resolve, LEAVE_MS.look));
    await within(this.#records.settled(), LEAVE_MS.redis).catch(() => undefined);
  }

  #calling(): string[] {
    const { desk } = this.#parts;
    const owned = [...this.#pages.values()].filter(({ seat }) => seat.held !== null);
    return owned.map(({ appId }) => appId).filter((appId) => desk.view(appId)?.phase === 'refreshing');
  }

  /** Of an account whose call has not ended the lease is kept until it runs out. */
  async #leave(): Promise<void> {
    const redis = this.#redis;
    if (!redis) return;
    const calling = new Set(this.#calling());
    const given = [...this.#pages.keys()].filter((appId) => !calling.has(appId));
    await within(Promise.all([release(redis, this.#me, given), takeLeave(redis, this.#me)]), LEAVE_MS.redis);
  }

  #logFault(error: unknown, message: string): void {
    this.#parts.log.warn({ fault: codeOf(error) }, message);
  }
}

/** Whether this console could ask for the account at all; otherwise another should. */
function isAble(view: AccountView | undefined): boolean {
  return !!view && view.phase !== 'paused' && (view.secret === 'stored' || view.secret === 'session-only');
}
