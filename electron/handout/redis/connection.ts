/**
 * One connection to an existing Redis, made again for as long as it is wanted. The client's own way of reconnecting
 * is switched off: it keeps commands back for later, while what is to be written later is the newest token, read
 * from memory then. What the Redis user may do at least: `+ping +select +get +pttl +set +eval +multi +exec`.
 */
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { RedisSettings } from '../../console/contract.ts';
import { loadLibrary } from './library.ts';
import { NO_ANSWER, NoAnswer, type Problem, problemOf } from './reason.ts';

export type RedisClient = Awaited<ReturnType<typeof openClient>>;

/** How long each thing may take, ms. */
export interface RedisPace {
  /** From the first packet to the answer of PING, password and database included. */
  readonly connect: number;
  /** One command or MULTI; after that the connection is given up, so that a slow Redis holds nothing back. */
  readonly command: number;
  /** Between two attempts to connect: the first wait, doubled up to the last. */
  readonly backOff: readonly [first: number, last: number];
  /** Between two rounds of looking at the keys; each round is up to a tenth earlier or later. */
  readonly reconcile: number;
}

export const REDIS_PACE: RedisPace = {
  connect: 5000,
  command: 3000,
  backOff: [200, 5000],
  reconcile: 7000,
};

export interface Connection {
  /** The connected client; null while there is none. */
  client(): RedisClient | null;
  /** Carries out `work`, which must be sending commands only; a time-out ends the connection. */
  use<Value>(work: (client: RedisClient) => Promise<Value>): Promise<Value>;
  close(): void;
}

/** What the connection comes to: a client, or why there is none. */
export type Heard = (news: { readonly client: RedisClient } | { readonly problem: Problem }) => void;

export function connectRedis(
  settings: RedisSettings,
  password: string | null,
  pace: RedisPace,
  heard: Heard,
): Connection {
  const closing = new AbortController();
  let current: { client: RedisClient; giveUp: (cause: Error) => void } | null = null;

  /** One connection from its beginning to its end; resolves with why it ended and whether it was ever ready. */
  const live = async (): Promise<{ cause: unknown; wasReady: boolean }> => {
    const client = await openClient(settings, password, pace);
    const ended = Promise.withResolvers<Error>();
    client.on('error', ended.resolve);
    const closed = () => ended.resolve(new Error('closing'));
    closing.signal.addEventListener('abort', closed);
    let wasReady = false;
    try {
      closing.signal.throwIfAborted();
      const ready = client.connect().then(() => client.sendCommand(['PING']));
      await within(pace.connect, Promise.race([ready, ended.promise.then((cause) => Promise.reject(cause))]));
      wasReady = true;
      current = { client, giveUp: ended.resolve };
      heard({ client });
      return { cause: await ended.promise, wasReady };
    } catch (cause) {
      return { cause, wasReady };
    } finally {
      current = null;
      // A Redis that is away for days is tried again every few seconds: nothing of a try may stay behind.
      closing.signal.removeEventListener('abort', closed);
      if (client.isOpen) client.destroy();
    }
  };

  const problem = (cause: unknown, wasReady: boolean): Problem => {
    const found = problemOf(cause);
    // A Redis without TLS takes the client's hello for the beginning of a command, and waits for the rest.
    const isSilent = settings.tls && !wasReady && found.detail === NO_ANSWER;
    return isSilent ? { ...found, detail: `${NO_ANSWER}: does Redis speak TLS on this port?` } : found;
  };

  const keep = async () => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const { cause, wasReady } = await live();
      if (closing.signal.aborted) return;
      if (wasReady) failures = 0;
      heard({ problem: problem(cause, wasReady) });
      await wait(pauseAfter(failures, pace), undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };
  void keep();

  return {
    client: () => current?.client ?? null,
    use: async (work) => {
      if (current === null) throw new NoAnswer('not connected');
      const { client, giveUp } = current;
      try {
        return await within(pace.command, work(client));
      } catch (error) {
        if (error instanceof NoAnswer) giveUp(error);
        throw error;
      }
    },
    close: () => closing.abort(),
  };
}

/** Doubles from the first wait to the last, less up to a quarter: many consoles do not come back at once. */
function pauseAfter(failures: number, { backOff: [first, last] }: RedisPace): number {
  return Math.min(first * 2 ** Math.min(failures, 16), last) * (1 - Math.random() / 4);
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * RESP2: RESP3 begins with HELLO, which Redis before 6 does not know. No time-out of the client's own: it makes a
 * timer a command, and ends with the writing of the command, not with its answer.
 */
async function openClient(settings: RedisSettings, password: string | null, pace: RedisPace) {
  const { createClient } = await loadLibrary();
  const { host, port } = settings;
  const socket = { host, port, connectTimeout: pace.connect, reconnectStrategy: false } as const;
  const secure = { ...socket, tls: true, ...(isIP(host) === 0 ? { servername: host } : {}) } as const;
  return createClient({
    RESP: 2,
    socket: settings.tls ? secure : socket,
    database: settings.db,
    ...(settings.username === null ? {} : { username: settings.username }),
    ...(password === null ? {} : { password }),
    disableOfflineQueue: true,
    commandOptions: { timeout: 0 },
  });
}
