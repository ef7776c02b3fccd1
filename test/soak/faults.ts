/** What can happen to a console, each as one short step; which one is drawn by the seed. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../electron/sandbox/faults.ts';
import type { startSandbox } from '../../electron/sandbox/server.ts';
import { canSlowDown, slowDisk } from '../support/slow-disk.ts';
import type { Report, SoakConsole } from './console.ts';
import type { Known, Model } from './model.ts';

export interface Stage {
  readonly console: SoakConsole;
  readonly model: Model;
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>;
  readonly chance: () => number;
  readonly report: Report;
}

type Step = (stage: Stage) => Promise<unknown>;

const below = ({ chance }: Stage, n: number) => Math.floor(chance() * n);
const oneOf = <T>(stage: Stage, of: readonly T[]): T => of[below(stage, of.length)] as T;
const accountIn = (stage: Stage, isFit: (known: Known) => boolean = () => true): Known | undefined => {
  const all = [...stage.model.accounts.values()].filter(isFit);
  return all.length === 0 ? undefined : oneOf(stage, all);
};

const MOST_ACCOUNTS = 12;
let made = 0;

async function addAccount(stage: Stage): Promise<void> {
  const { console, model, sandbox } = stage;
  if (model.accounts.size >= MOST_ACCOUNTS) return removeAccount(stage);
  made += 1;
  const appId = `wx${made.toString(16).padStart(16, '0')}`;
  const secret = randomBytes(16).toString('hex');
  sandbox.world.add({ appId, secret });
  model.secrets.add(secret);
  const line = oneOf(stage, ['standard', 'stable'] as const);
  const account = { appId, name: `账号 ${made}`, kind: 'mini', line, secret, apiBase: sandbox.url } as const;
  model.act(appId);
  const answer = await console.run('accounts.add', account);
  if (answer.ok) model.accounts.set(appId, { appId, secret, name: account.name });
}

async function removeAccount(stage: Stage): Promise<void> {
  const known = accountIn(stage);
  if (known === undefined) return;
  const answer = await stage.console.run('accounts.remove', { appId: known.appId });
  if (answer.ok) stage.model.accounts.delete(known.appId);
}

const onAccount =
  (work: (stage: Stage, known: Known) => Promise<unknown>): Step =>
  async (stage) => {
    const known = accountIn(stage);
    if (known === undefined) return addAccount(stage);
    await work(stage, known);
  };

/** Every second account is left to business servers and the plan alone. */
const isPeoples = ({ appId }: Known) => Number.parseInt(appId.slice(2), 16) % 2 === 0;

/** What a person does with an account: from then on WeChat may be asked though its answers forbade it. */
const byPerson =
  (work: (stage: Stage, known: Known) => Promise<unknown>): Step =>
  async (stage) => {
    const known = accountIn(stage, isPeoples);
    if (known === undefined) return addAccount(stage);
    stage.model.act(known.appId);
    await work(stage, known);
  };

const WECHAT: readonly Fault[] = [
  { kind: 'errcode', errcode: -1 },
  { kind: 'errcode', errcode: 45009 },
  {
    kind: 'errcode',
    errcode: 40164,
    errmsg: 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist',
  },
  { kind: 'errcode', errcode: 40125 },
  { kind: 'errcode', errcode: 50002 },
  { kind: 'broken-json' },
  { kind: 'cut-off' },
  { kind: 'reset' },
  { kind: 'redirect' },
  { kind: 'captive-page' },
  { kind: 'slow', ms: 300 },
  { kind: 'status', status: 502 },
  { kind: 'oversized', bytes: 200_000 },
];

async function gateway(
  stage: Stage,
  path: string,
  init: RequestInit = {},
  isOurs = true,
): Promise<Response | null> {
  const [key] = [...stage.model.clients.values()];
  const headers = isOurs && key ? { authorization: `Bearer ${key}`, ...init.headers } : { ...init.headers };
  const response = await fetch(`${stage.console.gatewayUrl}${path}`, { ...init, headers }).catch(() => null);
  if (response && response.status >= 500 && response.status !== 503) {
    stage.report('answer of the gateway', `${response.status} for ${path.slice(0, 60)}`);
  }
  return response;
}

interface TokenAnswer {
  readonly access_token?: string;
}

/** A token that is handed out must be one that WeChat takes. */
async function readToken(stage: Stage, known: Known): Promise<void> {
  const response = await gateway(stage, `/v1/tokens/${known.appId}`);
  if (response?.status !== 200) return;
  const { access_token: token } = (await response.json()) as { access_token: string };
  const { world } = stage.sandbox;
  const isUsable = (['standard', 'stable'] as const).some((line) =>
    world.usableTokens(known.appId, line).some(({ accessToken }) => accessToken === token),
  );
  if (!isUsable && !stage.model.hasLostAnAnswer(known.appId))
    stage.report('dead token handed out', known.appId);
}

async function strange(stage: Stage): Promise<void> {
  const bytes = () => randomBytes(1 + below(stage, 300));
  const shapes: readonly (() => Promise<unknown>)[] = [
    () => gateway(stage, `/v1/tokens/${bytes().toString('base64url')}`),
    () =>
      gateway(stage, '/v1/tokens/wx0000000000000001', { headers: { authorization: 'Bearer guess' } }, false),
    () => gateway(stage, '/cgi-bin/stable_token', { method: 'POST', body: bytes() }, false),
    () => gateway(stage, `/${'%2e%2e/'.repeat(20)}etc/passwd`, {}, false),
    () => gateway(stage, '/metrics', { headers: { 'x-long': 'x'.repeat(12_000) } }),
    () => fetch(`${stage.console.url}bridge/state.get`, { method: 'POST', body: bytes() }).catch(() => null),
    () =>
      fetch(`${stage.console.url}session`, { method: 'POST', headers: { authorization: 'Bearer x' } }).catch(
        () => null,
      ),
    () => raw(stage, bytes()),
    () => raw(stage, Buffer.from('GET / HTTP/1.1\r\nHost: [\r\nContent-Length: -1\r\n\r\n')),
    () => raw(stage, Buffer.alloc(0)),
  ];
  const response = await oneOf(stage, shapes)();
  if (!(response instanceof Response)) return;
  const text = await response.text().catch(() => '');
  for (const secret of stage.model.secrets) if (text.includes(secret)) stage.report('leak', 'in an answer');
}

/** Bytes on a bare socket, which then says nothing more. */
function raw({ console }: Stage, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(console.gatewayUrl);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).on('close', () => done());
    socket.write(bytes);
    setTimeout(() => socket.destroy(), 50);
  });
}

async function damage(stage: Stage): Promise<void> {
  const { console, model } = stage;
  model.noteKill();
  await (stage.chance() < 0.5 ? console.kill() : console.end());
  const file = join(
    console.dataDir,
    oneOf(stage, ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.copy', 'ledger.copy.old']),
  );
  if (existsSync(file)) {
    if (stage.chance() < 0.2) truncateSync(file, 0);
    else if (stage.chance() < 0.1) rmSync(file);
    else {
      const fd = openSync(file, 'r+');
      const at = below(stage, Math.max(1, fstatSync(fd).size));
      writeSync(fd, randomBytes(1 + below(stage, 4096)), 0, undefined, at);
      closeSync(fd);
    }
    model.isDamaged = true;
    model.damagedAt = Date.now();
  }
  await console.start();
}

async function fullDisk(stage: Stage): Promise<void> {
  const { console, model, chance } = stage;
  const { disk } = console;
  if (typeof disk === 'string') return;
  disk.fill();
  try {
    const known = accountIn(stage, isPeoples);
    if (known === undefined) return;
    model.act(known.appId);
    await console.run('tokens.refresh', { appId: known.appId });
    const name = `满 ${Math.floor(chance() * 1e6)}`;
    const answer = await console.run('accounts.update', { appId: known.appId, changes: { name } });
    if (answer.ok) known.name = name;
    await readToken(stage, known);
  } finally {
    disk.free();
  }
}

const HOUR = 3_600_000;

async function jump(stage: Stage): Promise<void> {
  stage.model.noteJump();
  stage.console.setClock(oneOf(stage, [-8 * HOUR, -HOUR, -60_000, 0, 60_000, HOUR, 8 * HOUR]));
  await wait(50);
}

async function slow(stage: Stage): Promise<void> {
  if (!canSlowDown) return;
  const release = await slowDisk(stage.console.pid, 100);
  const known = accountIn(stage, isPeoples);
  if (known) {
    stage.model.act(known.appId);
    await stage.console.run('tokens.refresh', { appId: known.appId });
  }
  await release();
}

/** However many ask while WeChat takes its time, it is asked once; a call under way before, or a check, may be another. */
const atOnce =
  (times: number, ask: (stage: Stage, known: Known) => Promise<unknown>) =>
  async (stage: Stage, known: Known): Promise<void> => {
    const { world } = stage.sandbox;
    world.lift(known.appId);
    world.inject({ kind: 'slow', ms: 300 }, { appId: known.appId, calls: 3 });
    const before = world.counters(known.appId).calls;
    await Promise.all(Array.from({ length: times }, () => ask(stage, known)));
    world.lift(known.appId);
    const calls = world.counters(known.appId).calls - before;
    if (calls > 2) stage.report('calls doubled', `${known.appId}: ${calls} for ${times} at once`);
  };

/** How often each is drawn, by its weight; cheap ones far more often. */
export const STEPS: readonly (readonly [name: string, weight: number, step: Step])[] = [
  ['add or remove an account', 40, addAccount],
  ['refresh', 100, byPerson(({ console }, { appId }) => console.run('tokens.refresh', { appId }))],
  [
    'force at once',
    30,
    byPerson(atOnce(10, ({ console }, { appId }) => console.run('tokens.refresh', { appId, force: true }))),
  ],
  [
    'rename, pause or resume',
    80,
    byPerson(async ({ console, chance }, known) => {
      const name = `名 ${Math.floor(chance() * 1e6)}`;
      const answer = await console.run('accounts.update', {
        appId: known.appId,
        changes: { name, paused: chance() < 0.1 },
      });
      if (answer.ok) known.name = name;
    }),
  ],
  [
    'a wrong AppSecret',
    30,
    byPerson(({ console }, { appId }) =>
      console.run('accounts.setSecret', { appId, secret: randomBytes(16).toString('hex') }),
    ),
  ],
  [
    'a fault of WeChat',
    150,
    onAccount(async (stage, { appId }) =>
      stage.sandbox.world.inject(oneOf(stage, WECHAT), { appId, calls: 1 + below(stage, 3) }),
    ),
  ],
  ['WeChat is well again', 40, async ({ sandbox }) => sandbox.world.lift()],
  ['a business server reads', 200, onAccount(readToken)],
  [
    'a business server insists',
    100,
    onAccount(
      atOnce(5, async (stage, { appId }) => {
        const read = await gateway(stage, `/v1/tokens/${appId}`);
        const { access_token = 'none' } = read?.status === 200 ? ((await read.json()) as TokenAnswer) : {};
        const body = JSON.stringify({ stale_token: access_token });
        return gateway(stage, `/v1/tokens/${appId}/refresh`, { method: 'POST', body });
      }),
    ),
  ],
  ['strange clients', 200, strange],
  [
    'a client key',
    15,
    async ({ console, model }) => {
      const [old] = model.clients.keys();
      const answer = await console.run('clients.create', { name: 'soak', appIds: '*' });
      if (!answer.ok) return;
      model.clients.set(answer.value.id, answer.value.key);
      if (old && model.clients.size > 3 && (await console.run('clients.revoke', { id: old })).ok)
        model.clients.delete(old);
    },
  ],
  [
    'kill -9',
    12,
    ({ console, model }) => {
      model.noteKill();
      return console.kill().then(() => console.start());
    },
  ],
  ['end and start', 6, ({ console }) => console.end().then(() => console.start())],
  ['a damaged file', 5, damage],
  ['a slow disk', 2, slow],
  ['a full disk', 4, fullDisk],
  ['the clock jumps', 4, jump],
  [
    'killed in the middle of a change',
    6,
    byPerson(async ({ console, model, chance }, known) => {
      const changing = console
        .run('accounts.update', { appId: known.appId, changes: { name: '半' } })
        .catch(() => null);
      await wait(chance() * 10);
      model.noteKill();
      await console.kill();
      const answer = await changing;
      await console.start();
      const state = await console.run('state.get', {});
      const view = state.ok ? state.value.accounts.find(({ appId }) => appId === known.appId) : undefined;
      // Acknowledged it must be there; not acknowledged it may be.
      if (answer?.ok || view?.name === '半') known.name = '半';
    }),
  ],
];

export function draw(stage: Stage): (typeof STEPS)[number] {
  const whole = STEPS.reduce((sum, [, weight]) => sum + weight, 0);
  let at = stage.chance() * whole;
  for (const entry of STEPS) {
    at -= entry[1];
    if (at < 0) return entry;
  }
  return STEPS[0] as (typeof STEPS)[number];
}
