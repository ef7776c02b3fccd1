/** The built console as its users start it: a process of its own, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'headless.js');

export interface Ready {
  readonly event: 'ready';
  readonly url: string;
  readonly adminKey: string;
  readonly gatewayUrl: string | null;
  readonly pid: number;
  readonly version: string;
}

export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ready: Ready;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

function launch(args: readonly string[], env: Record<string, string>) {
  if (!existsSync(BUILT)) throw new Error('dist/headless.js is not there: npm run build');
  const inherited = Object.entries(process.env).filter(([name]) => !/^WTC_|proxy$/i.test(name));
  const child = spawn(process.execPath, [BUILT, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    stderr += piece;
  });
  const exited = new Promise<Exit>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, exited, stderr: () => stderr };
}

/** Runs it to its end. */
export function runHeadless(args: readonly string[], env: Record<string, string> = {}): Promise<Exit> {
  return launch(args, env).exited;
}

/** Starts it with `--json` on a free port and resolves with its ready line. */
export async function startHeadless(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Running> {
  const { child, exited, stderr } = launch(['--json', '--listen', '127.0.0.1:0', ...args], env);
  const first = new Promise<string>((resolve) => {
    if (child.stdout) createInterface(child.stdout).once('line', resolve);
  });
  const line = await Promise.race([
    first,
    exited.then(({ code, stderr: said }) => Promise.reject(new Error(`it ended with ${code}: ${said}`))),
  ]);
  return {
    ready: JSON.parse(line) as Ready,
    child,
    stderr,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
}

/** Carries out a command over the bridge, with the admin key. */
export async function command(ready: Ready, name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${ready.url}bridge/${name}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ready.adminKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.json();
}
