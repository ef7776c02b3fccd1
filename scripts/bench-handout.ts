/** The figures of handing out: the gateway against its peers, passive refreshes, Redis, and an hour's load in a minute. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, CommandValue } from '../electron/console/contract.ts';
import { createRedisHandout } from '../electron/handout/redis/redis.ts';
import { startSandbox } from '../electron/sandbox/server.ts';
import { Crowd, type Load, load } from '../test/support/gateway-bench-load.ts';
import { command, startHeadless } from '../test/support/headless.ts';
import { type Reads, readsMeanwhile, thirtyAccounts } from '../test/support/reads-meanwhile.ts';
import { fakeDesk } from '../test/support/redis-desk.ts';
import { startRedis, whyNoRedis } from '../test/support/redis-server.ts';
import { canSlowDown, slowDisk } from '../test/support/slow-disk.ts';
import { atRate } from './bench-load.ts';
import { quantile, report } from './bench-report.ts';

const APP_ID = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-the-shop';
const ROUNDS = 7;
const ROUND = { connections: 10, seconds: 2 };
const STEADY = { rate: 5000, seconds: 60 };
const AT_ONCE = 1000;
const PASSIVE_ROUNDS = 5;
/** How long WeChat takes over the one call, so that every server has asked before it answers. */
const WECHAT_MS = 2000;

type Peer = 'ours' | 'bare' | 'usual';

/** A server in a process of its own, warm, under load for `seconds`. */
async function measured(peer: Peer): Promise<Load> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'bench-server.ts'), peer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout, 'data');
  const { url, key } = JSON.parse(String(line)) as { url: string; key: string };
  await load(url, key, { ...ROUND, seconds: 1 });
  const result = await load(url, key, ROUND);
  server.kill();
  if (result.errors > 0) throw new Error(`${peer}: ${result.errors} errors`);
  return result;
}

/** Each round takes all three one after the other, so that a slow moment of the machine meets them alike. */
async function peers(): Promise<void> {
  const rounds: Record<Peer, Load>[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    rounds.push({
      bare: await measured('bare'),
      ours: await measured('ours'),
      usual: await measured('usual'),
    });
  }
  const ratio = (of: (round: Record<Peer, Load>) => number) => rounds.map(of);
  const name = 'GET /v1/tokens/{appId}';
  report(
    `${name}, requests/s against bare node:http`,
    '0.90',
    '',
    ratio(({ ours, bare }) => ours.perSecond / bare.perSecond),
    2,
  );
  report(
    `${name}, p99 against bare node:http`,
    '1.3',
    '',
    ratio(({ ours, bare }) => ours.p99 / bare.p99),
    2,
  );
  report(
    `${name}, requests/s against co-wechat-api + express`,
    '2',
    '',
    ratio(({ ours, usual }) => ours.perSecond / usual.perSecond),
    1,
  );
}

interface Handing {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>;
}

/** A built console with one live account, its gateway open, and a client key. */
async function withGateway(use: (handing: Handing) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wtc-bench-'));
  const sandbox = await startSandbox();
  sandbox.world.add({ appId: APP_ID, secret: SECRET });
  const running = await startHeadless([
    ...['--data-dir', folder, '--vault', 'memory', '--gateway', '127.0.0.1:0'],
  ]);
  const { ready } = running;
  const account = { appId: APP_ID, name: 'bench', kind: 'mini', line: 'standard', secret: SECRET };
  await command(ready, 'accounts.add', { ...account, apiBase: sandbox.url });
  await command(ready, 'tokens.refresh', { appId: APP_ID });
  const made = (await command(ready, 'clients.create', { name: 'bench', appIds: '*' })) as Answer<
    CommandValue<'clients.create'>
  >;
  if (!made.ok || ready.gatewayUrl === null) throw new Error('no gateway to measure');
  await use({ url: ready.gatewayUrl, key: made.value.key, pid: ready.pid, sandbox });
  await running.stop();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A thousand servers say at once that the token is dead; the clock starts when WeChat answers the one call. */
async function passiveRefreshes(): Promise<void> {
  const took: number[] = [];
  await withGateway(async ({ url, key, sandbox }) => {
    const path = `/v1/tokens/${APP_ID}`;
    for (let n = 0; n < PASSIVE_ROUNDS; n++) {
      const now = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } });
      const { access_token: stale } = (await now.json()) as { access_token: string };
      await wait(60_500); // a younger token is only checked
      const crowd = new Crowd(url, key); // the gateway closes what was idle for 30 s
      await crowd.open(AT_ONCE);
      sandbox.world.inject({ kind: 'slow', ms: WECHAT_MS }, { calls: 1 });
      const before = sandbox.world.calls().length;
      const answers = await crowd.post(`${path}/refresh`, JSON.stringify({ stale_token: stale }));
      const ended = Date.now();
      const calls = sandbox.world.calls().slice(before);
      if (calls.length !== 1) throw new Error(`${calls.length} calls to WeChat instead of one`);
      if (!answers.every((answer) => answer.includes('"refreshed":true'))) throw new Error('not refreshed');
      took.push(ended - (calls[0]?.at ?? 0) - WECHAT_MS);
      crowd.close();
    }
  });
  report(`${AT_ONCE} passive refreshes at once: WeChat's answer to the last client's`, '60 ms', 'ms', took);
}

async function steadyLoad(): Promise<void> {
  await withGateway(async ({ url, key, pid }) => {
    const rss = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const address = `${url}/v1/tokens/${APP_ID}`;
    await atRate(address, key, STEADY.rate, 10);
    const before = rss();
    const { answered, errors } = await atRate(address, key, STEADY.rate, STEADY.seconds);
    const name = `gateway at ${STEADY.rate} requests/s for ${STEADY.seconds} s`;
    report(`${name}: errors`, '0', '', [errors]);
    report(`${name}: answers a second`, `${STEADY.rate}`, '', [answered / STEADY.seconds]);
    report(`${name}: memory, end less beginning`, 'flat', 'MB', [rss() - before], 1);
  });
}

const SLOW_ROUNDS = 3;

/** Reads of a token while thirty accounts are refreshed on a disk whose fsync takes half a second. */
async function readsOnASlowDisk(): Promise<void> {
  if (!canSlowDown) {
    console.log('not measured — a slow disk: strace is not on this machine');
    return;
  }
  const rounds: Reads[] = [];
  for (let n = 0; n < SLOW_ROUNDS; n++) {
    const folder = mkdtempSync(join(tmpdir(), 'wtc-bench-'));
    const sandbox = await startSandbox();
    const vault = ['--vault', 'file', '--vault-key-file', join(folder, 'vault.key')];
    const running = await startHeadless([
      ...['--data-dir', join(folder, 'data'), '--gateway', '127.0.0.1:0', ...vault],
    ]);
    const desk = await thirtyAccounts(running.ready, sandbox);
    const release = await slowDisk(running.ready.pid, 500);
    rounds.push(await readsMeanwhile(desk, desk.refreshAll()));
    await release();
    await running.stop();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const name = 'reading a token beside 30 refreshes, fsync 500 ms';
  report(
    `${name}: median`,
    '5 ms',
    'ms',
    rounds.map(({ median }) => median),
    1,
  );
  report(
    `${name}: p99`,
    '50 ms',
    'ms',
    rounds.map(({ p99 }) => p99),
    1,
  );
}

const ACCOUNTS = 1000;

async function redisWrites(): Promise<void> {
  const reason = whyNoRedis();
  if (reason !== null) {
    console.log(`not measured — Redis: ${reason}`);
    return;
  }
  const server = await startRedis();
  const fake = fakeDesk();
  const given: number[] = [];
  const took: number[] = [];
  const log = { info() {}, warn() {}, error() {} };
  // Redis answers in order: the n-th change is the answer to the last key of the n-th token.
  const changed = () => {
    const at = given[took.length];
    if (at !== undefined) took.push(performance.now() - at);
  };
  const handout = createRedisHandout({ desk: fake.desk, log, changed, clock: Date.now });
  const apps = Array.from({ length: ACCOUNTS }, (_, n) => `wx${n.toString(16).padStart(16, '0')}`);
  for (const app of apps) {
    fake.account(app);
    handout.setTargets(app, [{ profile: 'wxjava' }, { profile: 'silenceper' }, { profile: 'wechatpy' }]);
  }
  const settings = { host: '127.0.0.1', port: server.port, db: 0, username: null, tls: false };
  handout.configure(settings, null);
  while (handout.status().status !== 'ready') await wait(5);
  const p99s: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    given.length = 0;
    took.length = 0;
    for (const app of apps) {
      given.push(performance.now());
      fake.give(app, `token-${n}-of-${app}`);
      await wait(1);
    }
    while (took.length < ACCOUNTS) await wait(5);
    if (n > 0) p99s.push(quantile(took, 0.99));
  }
  await handout.close();
  await server.stop();
  report(
    `${ACCOUNTS} accounts to 3 Redis profiles: a new token to its last key, p99`,
    '20 ms',
    'ms',
    p99s,
    1,
  );
}

/** All figures of handing out; the dist must have been built. */
export async function benchHandout(): Promise<void> {
  await peers();
  await readsOnASlowDisk();
  await redisWrites();
  await passiveRefreshes();
  await steadyLoad();
}
