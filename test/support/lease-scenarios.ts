/**
 * Two or three consoles on one real Redis, and what may happen to them, drawn from a seed: Redis forgets or starts
 * anew, its clock was ahead and is put right, contact is lost, a console's clock jumps, a console dies and comes back.
 * A clock that is put right is seen by what it leaves behind: everything in Redis lies in the future.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { CompanyMemory } from '../../electron/handout/redis/lease-contact.ts';
import type { Moment } from '../../electron/handout/redis/lease-policy.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { APP_ID, type FakeConsole, fakeConsole } from './two-consoles-desk.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Chance = () => number;
const oneOf = <T>(chance: Chance, of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;

/** The way of one console to Redis, which can be cut: refused at once, or silent. */
class Way {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #cut: 'refused' | 'silent' | null = null;
  url = '';

  async open(port: number): Promise<void> {
    const server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      }
      if (this.#cut === 'refused') return void near.destroy();
      near.on('data', (piece) => this.#cut ?? far.write(piece));
      far.on('data', (piece) => this.#cut ?? near.write(piece));
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.#server = server;
    this.url = `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
  }

  cut(how: 'refused' | 'silent'): void {
    this.#cut = how;
    if (how === 'refused') for (const socket of this.#sockets) socket.destroy();
  }

  /** What was sent meanwhile is lost; a connection that missed a piece of a command is of no more use. */
  mend(): void {
    if (this.#cut === 'silent') for (const socket of this.#sockets) socket.destroy();
    this.#cut = null;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
  }
}

/** A console over its deaths: its memory and its way stay, its process is another. */
class Seat {
  readonly way = new Way();
  readonly memory: CompanyMemory;
  aheadMs = 0;
  console: FakeConsole | null = null;

  constructor() {
    let isShared: boolean | null = null;
    this.memory = {
      read: () => isShared,
      write: (now) => {
        isShared = now;
      },
    };
  }

  readonly clock = (): Moment => ({ wall: Date.now() + this.aheadMs, mono: performance.now() });

  async start(): Promise<void> {
    this.console = await fakeConsole(this.way.url, { clock: this.clock, memory: this.memory });
  }

  get asks(): boolean {
    const role = this.console?.lease.role(APP_ID);
    return role === 'leading' || role === 'alone';
  }

  get token(): string | undefined {
    return this.console?.current()?.accessToken;
  }
}

/** Moves Redis's clock by moving all it holds the other way. */
async function moveClock(redis: RedisServer, byMs: number): Promise<void> {
  const client = await redis.client();
  const script = `
    for _, key in ipairs(redis.call('KEYS', 'wtc:*')) do
      local kind = redis.call('TYPE', key).ok
      if kind == 'zset' then
        for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
          local score = tonumber(redis.call('ZSCORE', key, member))
          if score > 0 then redis.call('ZADD', key, score - ARGV[1], member) end
        end
      else
        local rest = redis.call('PTTL', key)
        local value = redis.call('GET', key)
        local ok, record = pcall(cjson.decode, value)
        if ok and type(record) == 'table' then
          value = string.format('{"accessToken":"%s","obtainedAt":%.0f,"expiresAt":%.0f,"line":"%s","fence":%.0f}',
            record.accessToken, record.obtainedAt - ARGV[1], record.expiresAt - ARGV[1], record.line, record.fence)
        end
        if rest > 0 and rest - ARGV[1] <= 0 then redis.call('DEL', key)
        elseif rest > 0 then redis.call('SET', key, value, 'PX', math.floor(rest - ARGV[1]))
        end
      end
    end`;
  await client.eval(script, { arguments: [`${byMs}`] });
}

const SECOND = 1000;
const HOUR = 3_600_000;
/** Longer than a lease and a look: everything is settled again. */
const SETTLED_MS = 16 * SECOND;

export interface Verdict {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Moments at which two consoles would have asked WeChat, 20 ms apart. */
  readonly twoAsked: number;
  /** What was not as it should be when all was well again. */
  readonly after: string | null;
}

/** Runs one scenario; about 75 s, nearly all of it waiting. */
export async function runScenario(seed: number): Promise<Verdict> {
  const chance = chanceFrom(seed);
  const redis = await startRedis();
  const seats = Array.from({ length: chance() < 0.5 ? 2 : 3 }, () => new Seat());
  const faults: string[] = [];
  let twoAsked = 0;
  let newest = 'token-0';
  try {
    for (const seat of seats) {
      await seat.way.open(redis.port);
      await seat.start();
    }
    await until(() => seats.filter(({ asks }) => asks).length === 1, 30 * SECOND);
    obtain(seats, newest);
    await until(() => seats.every(({ token }) => token === newest), 10 * SECOND);
    const watch = setInterval(() => {
      if (seats.filter(({ asks }) => asks).length > 1) twoAsked += 1;
    }, 20);
    const count = 2 + Math.floor(chance() * 4);
    for (let n = 1; n <= count; n += 1) {
      faults.push(await fault(redis, seats, chance));
      if (chance() < 0.5 && obtain(seats, `token-${n}`)) newest = `token-${n}`;
      await wait(chance() * 5 * SECOND);
    }
    for (const seat of seats) {
      seat.way.mend();
      if (seat.console === null) await seat.start();
    }
    await wait(SETTLED_MS);
    if (obtain(seats, 'token-last')) newest = 'token-last';
    await wait(SETTLED_MS / 2);
    clearInterval(watch);
    return { seed, faults, twoAsked, after: unsettled(seats, newest) };
  } finally {
    for (const { console: open, way } of seats) {
      way.mend();
      await open?.close().catch(() => undefined);
      way.close();
    }
    await redis.stop();
  }
}

function unsettled(seats: readonly Seat[], newest: string): string | null {
  const asking = seats.filter(({ asks }) => asks).length;
  if (asking !== 1) return `${asking} ask`;
  const stale = seats.filter(({ token }) => token !== newest).map(({ token }) => token);
  return stale.length === 0 ? null : `${stale.join(', ')} in place of ${newest}`;
}

/** Whoever asks gets a new token of WeChat's; false while nobody does. */
function obtain(seats: readonly Seat[], token: string): boolean {
  const seat = seats.find(({ asks }) => asks);
  seat?.console?.obtain(token);
  return seat !== undefined;
}

async function fault(redis: RedisServer, seats: readonly Seat[], chance: Chance): Promise<string> {
  const n = Math.floor(chance() * seats.length);
  const seat = seats[n] as Seat;
  const kind = oneOf(chance, ['forget', 'restart', 'clock', 'cut', 'cut', 'jump', 'kill'] as const);
  if (kind === 'forget') {
    await (await redis.client()).flushAll();
    return 'Redis forgot';
  }
  if (kind === 'restart') {
    await redis.restart();
    return 'Redis was restarted';
  }
  if (kind === 'clock') {
    const by = oneOf(chance, [-5 * SECOND, -600 * SECOND, -2 * HOUR, -8 * HOUR, 5 * SECOND, 700 * SECOND]);
    await moveClock(redis, by);
    return `Redis’s clock moved by ${by / SECOND} s`;
  }
  if (kind === 'jump') {
    seat.aheadMs += oneOf(chance, [-8 * HOUR, -60 * SECOND, 60 * SECOND, 8 * HOUR]);
    return `console ${n}: clock ${seat.aheadMs / SECOND} s ahead`;
  }
  if (kind === 'kill') {
    seat.console?.kill();
    seat.console = null;
    await wait(chance() * 14 * SECOND);
    await seat.start();
    return `console ${n} was killed and came back`;
  }
  const how = oneOf(chance, ['refused', 'silent'] as const);
  seat.way.cut(how);
  const ms = chance() * 20 * SECOND;
  void wait(ms).then(() => seat.way.mend());
  return `console ${n}: ${how} for ${Math.round(ms / SECOND)} s`;
}

async function until(is: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!is()) {
    if (performance.now() > end) throw new Error('the consoles never settled before anything happened');
    await wait(20);
  }
}
