/**
 * npm run bench: the figures of the console on this machine, each the median of several runs, with its goal.
 * Nothing here is a test: a slow machine is no fault of the code.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import type { Answer, StateView } from '../electron/console/contract.ts';
import { startSandbox } from '../electron/sandbox/server.ts';
import { command, type Running, startHeadless } from '../test/support/headless.ts';
import { benchDesktop } from './bench-desktop.ts';
import { benchHandout } from './bench-handout.ts';
import { printReport, report } from './bench-report.ts';
import { build } from './build.ts';
import { CHROMIUM } from './system-packages.ts';

const SECRET = 'sandbox-secret-of-the-shop';
const RUNS = 9;
const IDLE_SECONDS = 30;
/** After a start the engine tidies up, and within 30 s each stored token is asked about; that is not idleness. */
const SETTLE_MS = 40_000;
const root = join(import.meta.dirname, '..');

async function repeat(work: () => Promise<number>, runs = RUNS): Promise<number[]> {
  const values: number[] = [];
  await work();
  for (let n = 0; n < runs; n++) values.push(await work());
  return values;
}

async function stateOf({ ready }: Running): Promise<StateView> {
  const answer = (await command(ready, 'state.get', {})) as Answer<StateView>;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** A console on a folder of its own, with `count` live accounts of a sandbox. */
async function withAccounts<T>(count: number, use: (folder: string, url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'wtc-bench-'));
  const sandbox = await startSandbox();
  const running = await startHeadless(args(folder));
  for (let n = 0; n < count; n++) {
    const appId = appIdOf(n);
    sandbox.world.add({ appId, secret: SECRET });
    const account = { appId, name: `account ${n}`, kind: 'mini', line: 'stable', secret: SECRET };
    await command(running.ready, 'accounts.add', { ...account, apiBase: sandbox.url });
    await command(running.ready, 'tokens.refresh', { appId });
  }
  await running.stop();
  try {
    return await use(folder, sandbox.url);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const appIdOf = (n: number) => `wx${n.toString(16).padStart(16, '0')}`;
const args = (folder: string) => [
  '--data-dir',
  folder,
  '--vault',
  'file',
  '--vault-key-file',
  join(folder, 'key'),
];

async function startUp(): Promise<void> {
  const times = await withAccounts(10, (folder) =>
    repeat(async () => {
      const started = performance.now();
      const running = await startHeadless(args(folder));
      const took = performance.now() - started;
      await running.stop();
      return took;
    }),
  );
  report('headless, built: process start to ready line, 10 accounts', '600 ms', 'ms', times);
}

async function firstToken(): Promise<void> {
  const times = await repeat(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wtc-bench-'));
    const sandbox = await startSandbox();
    sandbox.world.add({ appId: appIdOf(0), secret: SECRET });
    const running = await startHeadless(['--data-dir', folder, '--vault', 'memory']);
    const started = performance.now();
    await command(running.ready, 'accounts.add', {
      ...{ appId: appIdOf(0), name: 'account', kind: 'mini', line: 'stable', secret: SECRET },
      apiBase: sandbox.url,
    });
    while ((await stateOf(running)).accounts[0]?.phase !== 'live') await wait(1);
    const took = performance.now() - started;
    await running.stop();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
    return took;
  });
  report('ready, account added: to its first token in the state', '100 ms', 'ms', times);
}

async function firstPaint(): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM });
  const times = await withAccounts(10, async (folder) => {
    const running = await startHeadless(args(folder));
    const { url, adminKey } = running.ready;
    const values = await repeat(async () => {
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const started = performance.now();
      await page.goto(`${url}#key=${adminKey}`, { waitUntil: 'commit' });
      await page
        .getByText(/\d:\d\d:\d\d/)
        .first()
        .waitFor();
      const took = performance.now() - started;
      await context.close();
      return took;
    });
    await running.stop();
    return values;
  });
  await browser.close();
  report('page opened to countdown visible, Chromium, no cache', '700 ms', 'ms', times);
}

/** The scripts that index.html names, and what those import before anything is shown. */
function rendererSize(): void {
  const folder = join(root, 'dist', 'renderer');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const code = readFileSync(join(folder, 'assets', name), 'utf8');
    for (const [, imported] of code.matchAll(/(?:from|^import|;import)\s*"\.\/([^"]+\.js)"/g))
      visit(imported ?? '');
  };
  for (const [, name] of html.matchAll(/assets\/([^"]+\.js)/g)) visit(name ?? '');
  // One language's words are loaded before anything is shown; English has the longer ones.
  for (const name of readdirSync(join(folder, 'assets'))) if (/^en-.+\.js$/.test(name)) visit(name);
  const bytes = [...seen].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name))).length,
    0,
  );
  report('renderer JavaScript of the first screen, gzip', '250 kB', 'kB', [bytes / 1000], 1);
  const all = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  const whole = all.reduce((sum, name) => sum + statSync(join(folder, 'assets', name)).size, 0);
  report('renderer JavaScript, all screens, unpacked', '', 'kB', [whole / 1000]);
}

/** Resident memory and processor time of a console nobody looks at (Linux). */
async function idle(): Promise<void> {
  if (process.platform !== 'linux') return;
  const ticks = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);
  const [rss, cpu] = await withAccounts(10, async (folder) => {
    const running = await startHeadless(args(folder));
    while ((await stateOf(running)).accounts.some(({ phase }) => phase !== 'live')) await wait(20);
    await wait(SETTLE_MS);
    const used = () => {
      const fields = readFileSync(`/proc/${running.ready.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / ticks;
    };
    const before = used();
    await wait(IDLE_SECONDS * 1000);
    const share = ((used() - before) / IDLE_SECONDS) * 100;
    const status = readFileSync(`/proc/${running.ready.pid}/status`, 'utf8');
    await running.stop();
    return [Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024, share];
  });
  report('headless memory with 10 accounts, idle', '110 MB RSS', 'MB', [rss]);
  report(`idle CPU with 10 accounts, over ${IDLE_SECONDS} s`, '0.3 % of a core', '%', [cpu], 2);
}

await build();
await startUp();
await firstToken();
await firstPaint();
rendererSize();
await idle();
await benchHandout();
await benchDesktop();
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}; medians\n`);
printReport();
