/** Writes accounts' tokens: the newest there is when the writing begins, all targets of one account in one MULTI. */
import type { TokenDesk } from '../../console/handout.ts';
import { type Book, type Held, hold, isKeeper, type Plan, planOf } from './book.ts';
import type { Claims } from './claims.ts';
import type { Connection } from './connection.ts';
import type { Repair } from './judge.ts';
import type { Entry } from './profiles.ts';
import { type Problem, problemOf } from './reason.ts';

export interface PublisherParts {
  readonly desk: TokenDesk;
  readonly claims: Claims;
  readonly now: () => number;
  /** The connection while it is ready. */
  readonly connection: () => Connection | null;
  /** What Redis said of a write; null: it took it. */
  readonly answered: (problem: Problem | null) => void;
  readonly changed: () => void;
}

type Command = string[];

/** Atomic, so that another writer's token is never touched; a key's life in seconds is ARGV[3]. */
const REPLACE =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) return 1 end return 0";
const REMOVE =
  "local there = redis.call('GET', KEYS[1]) for _, ours in ipairs(ARGV) do if there == ours then return redis.call('DEL', KEYS[1]) end end return 0";

const set = ({ key, value, ttlSeconds }: Entry): Command => ['SET', key, value, 'EX', `${ttlSeconds}`];

const repaired = (repair: Repair): Command =>
  repair.kind === 'add'
    ? [...set(repair.entry), 'NX']
    : [
        'EVAL',
        REPLACE,
        '1',
        repair.entry.key,
        repair.instead,
        repair.entry.value,
        `${repair.entry.ttlSeconds}`,
      ];

export class Publisher {
  readonly #parts: PublisherParts;
  readonly #running = new Set<Promise<void>>();

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Brings an account's keys to what they should hold; while one is being written, once more after it. */
  publish(book: Book): void {
    if (book.isWriting) {
      book.isDue = true;
      return;
    }
    const writing = this.#run(book).finally(() => this.#running.delete(writing));
    this.#running.add(writing);
  }

  /** Puts right what the reconcile round found, unless another was faster. */
  async repair(book: Book, plan: Plan, repairs: readonly Repair[]): Promise<void> {
    book.revision += 1;
    const entries = repairs.map(({ entry }) => entry);
    hold(book, entries, plan.token.endsAt);
    if ((await this.#send(repairs.map(repaired))) !== null) return;
    const touched = new Set(entries.map(({ key }) => key));
    for (const line of plan.lines) {
      if (line.entries.some(({ key }) => touched.has(key))) note(plan, line, this.#parts.now());
    }
  }

  /** Deletes what is there, each key only while it still holds just this; resolves to whether Redis did it. */
  async remove(held: ReadonlyMap<string, Held>): Promise<boolean> {
    if (held.size === 0) return true;
    const commands = [...held].map(([key, { values }]) => ['EVAL', REMOVE, '1', key, ...values]);
    // A full Redis deletes as always: that says nothing of its writes.
    return (await this.#attempt(commands)) === null;
  }

  /** Resolves when what is being written now is written. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #run(book: Book): Promise<void> {
    book.isWriting = true;
    try {
      do {
        book.isDue = false;
        await this.#once(book);
      } while (book.isDue);
    } finally {
      book.isWriting = false;
      this.#parts.changed();
    }
  }

  async #once(book: Book): Promise<void> {
    const { desk, claims, now, connection } = this.#parts;
    if (connection() === null || !isKeeper(book, desk)) return;
    const plan = planOf(book, desk, claims, now());
    book.revision += 1;
    if (plan === null) await this.#clear(book);
    else if (plan.lines.length > 0) await this.#write(book, plan);
  }

  async #write(book: Book, plan: Plan): Promise<void> {
    const { lines, token } = plan;
    for (const { entries } of lines) hold(book, entries, token.endsAt);
    const problem = await this.#send(lines.flatMap(({ entries }) => entries.map(set)));
    if (problem === null) {
      for (const line of lines) note(plan, line, this.#parts.now());
    } else if (problem.reach === 'keys' && lines.length > 1) {
      // A MULTI is refused as a whole: a key that may not be written must not hold up the others.
      for (const line of lines) await this.#writeOne(plan, line);
    } else {
      for (const { spot } of lines) spot.problem = problem.detail;
    }
  }

  async #writeOne(plan: Plan, line: Plan['lines'][number]): Promise<void> {
    const problem = await this.#send(line.entries.map(set));
    if (problem === null) note(plan, line, this.#parts.now());
    else line.spot.problem = problem.detail;
  }

  /** The token is gone before its time: nobody is to read it. */
  async #clear(book: Book): Promise<void> {
    const held = new Map(book.held);
    if (!(await this.remove(held))) return;
    for (const [key, was] of held) if (book.held.get(key) === was) book.held.delete(key);
  }

  async #send(commands: readonly Command[]): Promise<Problem | null> {
    const problem = await this.#attempt(commands);
    this.#parts.answered(problem);
    return problem;
  }

  async #attempt(commands: readonly Command[]): Promise<Problem | null> {
    try {
      const ready = this.#parts.connection();
      if (ready === null) return problemOf(null);
      await ready.use((client) => {
        const multi = client.multi();
        for (const command of commands) multi.addCommand(command);
        return multi.exec();
      });
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }
}

function note({ digest }: Plan, { spot }: Plan['lines'][number], at: number): void {
  spot.written = { digest, at };
  spot.foreignSince = null;
  spot.problem = null;
}
