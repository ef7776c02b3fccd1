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

export interface Publisher {
  /** Brings an account's keys to what they should hold; while one is being written, once more after it. */
  publish(book: Book): void;
  /** Puts right what the reconcile round found, unless another was faster. */
  repair(book: Book, plan: Plan, repairs: readonly Repair[]): Promise<void>;
  /** Deletes what is there, each key only while it still holds just this; resolves to whether Redis did it. */
  remove(held: ReadonlyMap<string, Held>): Promise<boolean>;
  /** Resolves when what is being written now is written. */
  settled(): Promise<void>;
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

export function createPublisher(parts: PublisherParts): Publisher {
  const { desk, claims, now, connection, answered, changed } = parts;

  const running = new Set<Promise<void>>();

  const attempt = async (commands: readonly Command[]): Promise<Problem | null> => {
    const ready = connection();
    if (ready === null) return problemOf(null);
    try {
      await ready.use((client) => {
        const multi = client.multi();
        for (const command of commands) multi.addCommand(command);
        return multi.exec();
      });
      return null;
    } catch (error) {
      return problemOf(error);
    }
  };

  const send = async (commands: readonly Command[]): Promise<Problem | null> => {
    const problem = await attempt(commands);
    answered(problem);
    return problem;
  };

  const remove: Publisher['remove'] = async (held) => {
    if (held.size === 0) return true;
    const commands = [...held].map(([key, { values }]) => ['EVAL', REMOVE, '1', key, ...values]);
    // A full Redis deletes as always: that says nothing of its writes.
    return (await attempt(commands)) === null;
  };

  /** The token is gone before its time: nobody is to read it. */
  const clear = async (book: Book) => {
    const held = new Map(book.held);
    if (!(await remove(held))) return;
    for (const [key, was] of held) if (book.held.get(key) === was) book.held.delete(key);
  };

  const write = async (book: Book, plan: Plan) => {
    for (const { entries } of plan.lines) hold(book, entries, plan.token.endsAt);
    const problem = await send(plan.lines.flatMap(({ entries }) => entries.map(set)));
    if (problem === null) {
      for (const line of plan.lines) note(plan, line, now());
    } else if (problem.reach === 'keys' && plan.lines.length > 1) {
      // A MULTI is refused as a whole: a key that may not be written must not hold up the others.
      for (const line of plan.lines) {
        const own = await send(line.entries.map(set));
        if (own === null) note(plan, line, now());
        else line.spot.problem = own.detail;
      }
    } else {
      for (const { spot } of plan.lines) spot.problem = problem.detail;
    }
  };

  const once = async (book: Book) => {
    if (connection() === null || !isKeeper(book, desk)) return;
    const plan = planOf(book, desk, claims, now());
    book.revision += 1;
    if (plan === null) await clear(book);
    else if (plan.lines.length > 0) await write(book, plan);
  };

  const run = async (book: Book) => {
    book.isWriting = true;
    try {
      do {
        book.isDue = false;
        await once(book);
      } while (book.isDue);
    } finally {
      book.isWriting = false;
      changed();
    }
  };

  return {
    publish: (book) => {
      if (book.isWriting) {
        book.isDue = true;
        return;
      }
      const writing = run(book).finally(() => running.delete(writing));
      running.add(writing);
    },
    repair: async (book, plan, repairs) => {
      book.revision += 1;
      hold(
        book,
        repairs.map(({ entry }) => entry),
        plan.token.endsAt,
      );
      const problem = await send(repairs.map(repaired));
      if (problem !== null) return;
      const touched = new Set(repairs.map(({ entry }) => entry.key));
      for (const line of plan.lines) {
        if (line.entries.some(({ key }) => touched.has(key))) note(plan, line, now());
      }
    },
    remove,
    settled: async () => {
      await Promise.allSettled(running);
    },
  };
}

function note({ digest }: Plan, { spot }: Plan['lines'][number], at: number): void {
  spot.written = { digest, at };
  spot.foreignSince = null;
  spot.problem = null;
}
