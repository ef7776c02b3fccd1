/**
 * What the desktop app costs above an empty window of the same Electron, measured in turn in one run: start, memory,
 * idle processor time (Linux, on a desktop of its own).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox } from '../electron/sandbox/server.ts';
import { App, runtimeName, type TestRuntime, testRuntime } from '../test/real-electron/app.ts';
import { type Desktop, startDesktop } from '../test/real-electron/desktop/desktop.ts';
import { median, report } from './bench-report.ts';

const root = join(import.meta.dirname, '..');
const BENCH = join(root, 'test', 'real-electron', 'bench');
const ACCOUNT = { appId: 'wx00000000000000a1', secret: 'sandbox-secret-of-the-shop' };
const RUNS = 9;
const SETTLED_MS = 3500;
/** By then what follows a start is over: the engine has tidied up, each stored token has been asked about. */
const CALM_MS = 45_000;
const IDLE_MS = 40_000;
/** /proc counts processor time in ticks of 10 ms (getconf CLK_TCK is 100 on every Linux that Electron runs on). */
const TICK_MS = 10;

interface Run {
  /** ms from the start of the process. */
  readonly shown: number;
  readonly countdown: number;
  /** PSS over all processes, MB. */
  readonly memory: number;
  /** Of one core, %; null: not measured in this run. */
  readonly idle: number | null;
}

interface Started {
  readonly runtime: TestRuntime;
  readonly desktop: Desktop;
  readonly args: readonly string[];
}

/** A process and all below it. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = statOf(Number(name));
    if (fields !== null) parents.set(Number(name), Number(fields[1]));
  }
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** The fields of /proc/PID/stat after the name; null for one that has gone. */
function statOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
  } catch {
    return 0;
  }
}

const cpuOf = (pid: number) =>
  family(pid).reduce((sum, one) => {
    const fields = statOf(one);
    return sum + (fields ? (Number(fields[11]) + Number(fields[12])) * TICK_MS : 0);
  }, 0);

/** Starts it once and ends it again; `marks.cjs`, loaded before it, says when what was seen. */
async function once({ runtime, desktop, args }: Started, measuresIdle = false): Promise<Run> {
  const began = Date.now();
  const child = spawn(runtime.executable, ['--no-sandbox', '-r', join(BENCH, 'marks.cjs'), ...args], {
    env: { ...desktop.env, LANG: 'zh_CN.UTF-8', ...(measuresIdle && { WTC_BENCH_HIDE_MS: '4000' }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const marks: Record<string, number> = {};
  createInterface(child.stderr).on('line', (line) => {
    const [, name = '', at] = /^MARK (\w+) (\d+)/.exec(line) ?? [];
    if (name !== '') marks[name] ??= Number(at) - began;
  });
  const exited = new Promise((resolve) => child.on('exit', resolve));
  await wait(SETTLED_MS);
  const pid = child.pid ?? 0;
  const memory = family(pid).reduce((sum, one) => sum + pssOf(one), 0);
  let idle: number | null = null;
  if (measuresIdle) {
    await wait(CALM_MS);
    const before = cpuOf(pid);
    await wait(IDLE_MS);
    idle = ((cpuOf(pid) - before) / IDLE_MS) * 100;
  }
  child.kill('SIGTERM');
  await exited;
  return { shown: marks.shown ?? Number.NaN, countdown: marks.countdown ?? Number.NaN, memory, idle };
}

/** A data folder with one live account, its secret in the keyring of the desktop. */
async function withAccount(runtime: TestRuntime, desktop: Desktop, folder: string, apiBase: string) {
  const app = await App.start(runtime, desktop, { args: ['--data-dir', folder] });
  await app.page();
  await app.run('accounts.add', { ...ACCOUNT, name: '商城', kind: 'official', line: 'stable', apiBase });
  while ((await app.run('state.get', {})).accounts[0]?.phase !== 'live') await wait(50);
  await app.stop();
}

/** Reports the figures, or says why there are none. */
export async function benchDesktop(): Promise<void> {
  const runtime = testRuntime();
  if (runtime === null || process.platform !== 'linux') {
    console.log(
      'not measured — the desktop app: there is no Electron here (npm run test:electron fetches one)',
    );
    return;
  }
  const desktop = await startDesktop();
  const sandbox = await startSandbox();
  sandbox.world.add(ACCOUNT);
  const folder = mkdtempSync(join(tmpdir(), 'wtc-bench-desktop-'));
  await withAccount(runtime, desktop, folder, sandbox.url);
  const empty = { runtime, desktop, args: [join(BENCH, 'empty-window')] };
  const app = { runtime, desktop, args: [root, '--data-dir', folder] };
  await once(empty);
  await once(app);
  const pairs: { empty: Run; app: Run }[] = [];
  for (let n = 0; n < RUNS; n++) pairs.push({ empty: await once(empty), app: await once(app) });
  const idle = { empty: (await once(empty, true)).idle ?? 0, app: (await once(app, true)).idle ?? 0 };
  await sandbox.close();
  await desktop.close();
  rmSync(folder, { recursive: true, force: true });

  const on = runtimeName(runtime);
  const emptyShown = median(pairs.map((pair) => pair.empty.shown));
  const than = (pick: (run: Run) => number, of: (run: Run) => number = pick) =>
    pairs.map((pair) => pick(pair.app) - of(pair.empty));
  console.log(
    `\nThe empty window ${on}: shown after ${emptyShown} ms, ${median(pairs.map((p) => p.empty.memory)).toFixed(0)} MB`,
  );
  report(
    'desktop: window shown later than an empty one',
    '150 ms',
    'ms',
    than((run) => run.shown),
  );
  report(
    'desktop: countdown visible later than an empty window',
    '250 ms',
    'ms',
    than(
      (run) => run.countdown,
      (run) => run.shown,
    ),
  );
  report(
    'desktop: memory above an empty window, PSS, all processes',
    '40 MB',
    'MB',
    than((run) => run.memory),
  );
  report(
    'desktop, window hidden: idle CPU, times that of an empty one',
    '1.2',
    '',
    [idle.app / idle.empty],
    2,
  );
  report(
    `desktop, window hidden: idle CPU over ${IDLE_MS / 1000} s (empty: ${idle.empty.toFixed(2)} %)`,
    '',
    '% of a core',
    [idle.app],
    2,
  );
}
