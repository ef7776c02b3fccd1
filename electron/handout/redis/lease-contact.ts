/** How a console stands with its Redis: reached, failing, or unknown since everything stood still. */
import { type Company, type Contact, type Moment, OTHERS_WINDOW_MS } from './lease-policy.ts';

/** Remembers over a restart whether other consoles share the Redis, for a start at which Redis is away. */
export interface CompanyMemory {
  read(): boolean | null;
  write(isShared: boolean): void;
}

/** A timer that rings so late: the process was stopped or the machine slept, and nothing was tried meanwhile. */
const ASLEEP_MS = 5000;

export class ContactWatch {
  readonly #memory: CompanyMemory | undefined;
  #contact: Contact;
  #ringsAt: number;
  /** When this process last saw another console, monotonic; for one that remembers others, when it began. */
  #sawOthersAt: number | null;

  constructor(memory: CompanyMemory | undefined, now: Moment) {
    this.#memory = memory;
    this.#contact = fresh(memory?.read() ?? null, now);
    this.#ringsAt = now.mono;
    this.#sawOthersAt = this.#contact.isShared ? now.mono : null;
  }

  /** Redis is another one, or was switched on again. */
  begin(now: Moment): void {
    this.#contact = fresh(this.#contact.isShared, now);
    this.#ringsAt = now.mono;
  }

  get isFailing(): boolean {
    return this.#contact.failingSince !== null;
  }

  get isAway(): boolean {
    return this.isFailing || !this.#contact.wasReached;
  }

  /**
   * Redis has answered. Others that this process saw within 10 minutes count whatever Redis remembers: one that was
   * flushed, restarted or failed over knows of nobody, and so does one whose clock has jumped. Only a farewell is one.
   */
  reached({ others, left }: Pick<Company, 'others' | 'left'>, now: Moment): void {
    if (others > 0) this.#sawOthersAt = now.mono;
    else if (left > 0) this.#sawOthersAt = null;
    const since = this.#sawOthersAt;
    const isShared = others > 0 || (since !== null && now.mono - since < OTHERS_WINDOW_MS);
    if (this.#contact.isShared !== isShared) this.#memory?.write(isShared);
    this.#contact = { ...this.#contact, isShared, failingSince: null, wasReached: true };
  }

  failed(now: Moment): void {
    this.#contact = { ...this.#contact, failingSince: this.#contact.failingSince ?? now.mono };
  }

  /** Nothing that passed in a sleep, of the process or the machine, tells how Redis is: patience begins anew. */
  at(now: Moment): Contact {
    if (now.mono - this.#ringsAt <= ASLEEP_MS) return this.#contact;
    const { failingSince, since, wasReached } = this.#contact;
    return {
      ...this.#contact,
      failingSince: failingSince === null ? null : now.mono,
      since: wasReached ? since : now.mono,
    };
  }

  /** The next sign of life of this process is due at `ringsAt`, monotonic. */
  awake(now: Moment, ringsAt: number): void {
    this.#contact = this.at(now);
    this.#ringsAt = ringsAt;
  }
}

function fresh(isShared: boolean | null, now: Moment): Contact {
  return { since: now.mono, failingSince: null, isShared, wasReached: false };
}
