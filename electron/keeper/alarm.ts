/** One alarm clock for all accounts. A timer is only a hint: each ring compares deadlines with both clocks. */
import type { Clock } from './clock.ts';
import { type Deadline, left } from './moment.ts';

/** No timer runs longer: after sleep or a clock change the deadlines are looked at within this time. */
const LONGEST_SLEEP = 60_000;
/** The two clocks drift by less in a minute; more means that somebody set the wall clock or the machine slept. */
const JUMP = 2000;

export class AlarmClock {
  readonly #clock: Clock;
  readonly #deadlines = new Map<string, Deadline>();
  readonly #ring: (name: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #offset: number;

  /** `ring` is called once for each name whose deadline has come, and for every name after a clock jump. */
  constructor(clock: Clock, ring: (name: string) => void) {
    this.#clock = clock;
    this.#ring = ring;
    const { wall, mono } = clock();
    this.#offset = wall - mono;
  }

  /** Sets or, with null, clears the one deadline of `name`. */
  set(name: string, at: Deadline | null): void {
    if (at) this.#deadlines.set(name, at);
    else this.#deadlines.delete(name);
    this.#wind();
  }

  /** Rings for everyone: the machine woke up, the network came back, a clock was set. */
  lookAgain(): void {
    for (const name of [...this.#deadlines.keys()]) this.#ring(name);
  }

  stop(): void {
    this.#deadlines.clear();
    this.#wind();
  }

  #wind(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#deadlines.size === 0) return;
    const now = this.#clock();
    let soonest = LONGEST_SLEEP;
    for (const at of this.#deadlines.values()) soonest = Math.min(soonest, left(at, now));
    this.#timer = setTimeout(() => this.check(), Math.max(1, Math.ceil(soonest)));
  }

  /** Rings for each name whose deadline has come; a timer may be late, after sleep by a minute. */
  check(): void {
    const now = this.#clock();
    const jumped = Math.abs(now.wall - now.mono - this.#offset) > JUMP;
    this.#offset = now.wall - now.mono;
    for (const [name, at] of [...this.#deadlines]) {
      if (!jumped && left(at, now) > 0) continue;
      this.#deadlines.delete(name);
      this.#ring(name);
    }
    this.#wind();
  }
}
