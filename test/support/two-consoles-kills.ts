/**
 * Two built consoles on one Redis over a sandbox WeChat whose tokens live 40 s, and the one that leads killed with -9
 * again and again. By itself: `node test/support/two-consoles-kills.ts 50`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, HandoutView, StateView } from '../../electron/console/contract.ts';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';
import { command, type Running, startHeadless } from './headless.ts';
import { type RedisClient, type RedisServer, startRedis } from './redis-server.ts';

const APP_IDS = ['wx00000000000000a1', 'wx00000000000000b2', 'wx00000000000000c3'] as const;
const SECRET = 'sandbox-secret-of-the-shop';
const LIFE_SECONDS = 40;
/** Half a life is the earliest moment to ask ahead; the jitter only makes it later. */
const EARLIEST_RENEWAL_MS = (LIFE_SECONDS / 2) * 1000 - 1000;
const TAKE_OVER_MS = 15_000;
const POLL_MS = 20;

export interface KillReport {
  readonly kills: number;
  /** The longest time without a leader of an account after a kill, ms. */
  readonly slowestTakeOver: number;
  readonly calls: number;
  /** Calls made again because the owner died between WeChat's answer and its record. */
  readonly excused: number;
  /** Calls nothing excuses. */
  readonly superfluous: readonly string[];
  readonly handedOut: number;
  /** Tokens handed out though WeChat took them no more. */
  readonly dead: readonly string[];
  /** What a console that was not killed said instead of a token. */
  readonly refused: readonly string[];
}

interface Place {
  readonly folder: string;
  running: Running;
  key: string;
  isUp: boolean;
}

export async function runKills(
  kills: number,
  say: (line: string) => void = () => undefined,
): Promise<KillReport> {
  const [redis, sandbox] = [await startRedis(), await startSandbox({ lifeSeconds: LIFE_SECONDS })];
  const run = new Kills(redis, await redis.client(), sandbox, say);
  try {
    return await run.all(kills);
  } finally {
    await run.close();
    await sandbox.close();
    await redis.stop();
  }
}

class Kills {
  readonly #redis: RedisServer;
  readonly #client: RedisClient;
  readonly #sandbox: Sandbox;
  readonly #say: (line: string) => void;
  readonly #places: Place[] = [];
  /** Calls whose token died with its owner. */
  readonly #lost: { readonly appId: string; readonly at: number }[] = [];
  readonly #dead: { readonly appId: string; readonly at: number; readonly what: string }[] = [];
  readonly #refused: string[] = [];
  #handedOut = 0;
  #isOver = false;

  constructor(redis: RedisServer, client: RedisClient, sandbox: Sandbox, say: (line: string) => void) {
    this.#redis = redis;
    this.#client = client;
    this.#sandbox = sandbox;
    this.#say = say;
  }

  async all(kills: number): Promise<KillReport> {
    for (const appId of APP_IDS) this.#sandbox.world.add({ appId, secret: SECRET });
    for (let n = 0; n < 2; n += 1) this.#places.push(await this.#open());
    for (const place of this.#places) await this.#furnish(place);
    const polling = this.#places.map((place) => this.#poll(place));
    let slowestTakeOver = 0;
    for (let n = 0; n < kills; n += 1) {
      const took = await this.#kill(n);
      slowestTakeOver = Math.max(slowestTakeOver, took);
      this.#say(`kill ${n + 1}: taken over after ${Math.round(took)} ms`);
    }
    // The last one's renewals are looked at too.
    await wait(EARLIEST_RENEWAL_MS / 2);
    this.#isOver = true;
    await Promise.all(polling);
    return { kills, slowestTakeOver, ...this.#judge() };
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#places.map(({ running }) => running.stop('SIGKILL')));
    for (const { folder } of this.#places) rmSync(folder, { recursive: true, force: true });
  }

  async #open(): Promise<Place> {
    const folder = mkdtempSync(join(tmpdir(), 'wtc-kills-'));
    return { folder, running: await start(folder), key: '', isUp: false };
  }

  /** Redis first: an account that is added before would be asked for by both. */
  async #furnish(place: Place): Promise<void> {
    const { port } = this.#redis;
    const settings = { host: '127.0.0.1', port, db: 0, username: null, tls: false };
    await this.#run(place, 'handout.setRedis', { settings });
    await until(async () => {
      const view = await this.#run<HandoutView>(place, 'handout.get', {});
      return (
        view.redis.status === 'ready' && (await this.#client.zCard('wtc:consoles')) >= this.#index(place) + 1
      );
    }, 'Redis is not ready');
    for (const appId of APP_IDS) {
      const account = { appId, name: appId, kind: 'official', line: 'standard', secret: SECRET };
      await this.#run(place, 'accounts.add', { ...account, apiBase: this.#sandbox.url, checkMinutes: 0 });
    }
    const made = await this.#run<{ key: string }>(place, 'clients.create', { name: 'test', appIds: '*' });
    place.key = made.key;
    await until(() => this.#hasTokens(place), 'no tokens');
    place.isUp = true;
  }

  #index(place: Place): number {
    const index = this.#places.indexOf(place);
    return index < 0 ? this.#places.length : index;
  }

  /** Kills who leads the first account: at any moment, or every other time right after a call of its. */
  async #kill(round: number): Promise<number> {
    const victim = await this.#leader();
    const survivor = this.#places.find((place) => place !== victim) ?? victim;
    if (round % 2 === 0) await wait(Math.random() * 8000);
    else await this.#callOfTheSandbox();
    await wait(Math.random() * 15);
    victim.isUp = false;
    const [died] = [performance.now(), victim.running.child.kill('SIGKILL')];
    await victim.running.stop('SIGKILL');
    await this.#noteLost();
    await until(
      async () => (await this.#roles(survivor)).every((role) => role !== 'following'),
      'nobody took over',
      TAKE_OVER_MS + 5000,
    );
    const took = performance.now() - died;
    victim.running = await start(victim.folder);
    await until(() => this.#hasTokens(victim), 'no tokens after the restart');
    victim.isUp = true;
    return took;
  }

  async #leader(): Promise<Place> {
    const found = Promise.withResolvers<Place>();
    await until(async () => {
      for (const place of this.#places)
        if ((await this.#roles(place))[0] === 'leading') {
          found.resolve(place);
          return true;
        }
      return false;
    }, 'nobody leads');
    return found.promise;
  }

  async #callOfTheSandbox(): Promise<void> {
    const before = this.#sandbox.world.calls().length;
    await until(() => this.#sandbox.world.calls().length > before, 'no call', LIFE_SECONDS * 1000, 1);
  }

  /** Tokens WeChat has issued that never came into a record. */
  async #noteLost(): Promise<void> {
    for (const appId of APP_IDS) {
      const [newest] = this.#sandbox.world.usableTokens(appId, 'standard');
      const record = await this.#client.get(`wtc:token:${appId}`);
      if (newest && !record?.includes(newest.accessToken)) this.#lost.push({ appId, at: newest.issuedAt });
    }
  }

  /** Asks the gateway as a business server does, all the time. */
  async #poll(place: Place): Promise<void> {
    while (!this.#isOver) {
      for (const appId of APP_IDS) if (place.isUp) await this.#ask(place, appId);
      await wait(POLL_MS);
    }
  }

  async #ask(place: Place, appId: string): Promise<void> {
    const usable = () => this.#sandbox.world.usableTokens(appId, 'standard').map((each) => each.accessToken);
    const before = usable();
    const at = Date.now();
    const url = `${place.running.ready.gatewayUrl}/v1/tokens/${appId}`;
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${place.key}` } })
      .then(async (response) => ({ status: response.status, body: (await response.json()) as TokenBody }))
      .catch(() => null);
    if (!place.isUp || answer === null) return;
    if (answer.status !== 200) this.#refused.push(`${appId}: ${answer.status}`);
    const token = answer.body.access_token;
    if (token === undefined) return;
    this.#handedOut += 1;
    const isUsable = before.includes(token) || usable().includes(token);
    if (!isUsable)
      this.#dead.push({ appId, at, what: `${appId}: ${answer.body.expires_in} s said to be left` });
  }

  #judge() {
    let [calls, excused] = [0, 0];
    const superfluous: string[] = [];
    const repeated: { appId: string; at: number }[] = [];
    for (const appId of APP_IDS) {
      const times = this.#sandbox.world.calls(appId).map(({ at }) => at);
      calls += times.length;
      times.forEach((at, n) => {
        const last = times[n - 1];
        if (last === undefined || at - last >= EARLIEST_RENEWAL_MS) return;
        const isLost = this.#lost.some((each) => each.appId === appId && Math.abs(each.at - last) < 100);
        if (isLost) excused += 1;
        else superfluous.push(`${appId}: again after ${at - last} ms`);
        if (isLost) repeated.push({ appId, at });
      });
    }
    // Two new tokens in a row end the one that is being handed out, until the second has come round: milliseconds,
    // but for a machine that has other tests to run.
    const isExcused = (each: { appId: string; at: number }) =>
      repeated.some(({ appId, at }) => appId === each.appId && each.at >= at - 100 && each.at < at + 3000);
    const dead = this.#dead.filter((each) => !isExcused(each)).map(({ what }) => what);
    return { calls, excused, superfluous, dead, refused: this.#refused, handedOut: this.#handedOut };
  }

  async #roles(place: Place): Promise<string[]> {
    const { accounts } = await this.#run<StateView>(place, 'state.get', {});
    return APP_IDS.map((appId) => accounts.find((each) => each.appId === appId)?.role ?? 'following');
  }

  async #hasTokens(place: Place): Promise<boolean> {
    const { accounts } = await this.#run<StateView>(place, 'state.get', {});
    return accounts.length === APP_IDS.length && accounts.every(({ token }) => token !== null);
  }

  async #run<T>(place: Place, name: string, input: unknown): Promise<T> {
    const answer = (await command(place.running.ready, name, input)) as Answer<T>;
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  }
}

interface TokenBody {
  readonly access_token?: string;
  readonly expires_in?: number;
}

function start(folder: string): Promise<Running> {
  const vault = ['--vault', 'file', '--vault-key-file', join(folder, 'key')];
  return startHeadless(['--data-dir', join(folder, 'data'), ...vault, '--gateway', '127.0.0.1:0']);
}

async function until(
  isSo: () => boolean | Promise<boolean>,
  otherwise: string,
  timeoutMs = 20_000,
  everyMs = 20,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${otherwise}, after ${timeoutMs} ms`);
    await wait(everyMs);
  }
}

if (import.meta.main) {
  // A redis-server under test does not keep its starter alive.
  const alive = setInterval(() => undefined, 1000);
  console.log(await runKills(Number(process.argv[2] ?? 50), console.log));
  clearInterval(alive);
}
