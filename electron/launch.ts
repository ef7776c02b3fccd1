/** npm start: the desktop app where this machine can run one, else the same console in a browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from '../scripts/build.ts';
import { fetchRuntime, type Missing } from '../scripts/electron-fetch.ts';
import { electronRuntime } from '../scripts/electron-runtime.ts';
import { hasMirror } from '../scripts/electron-sources.ts';
import { instead, type Reason } from '../scripts/electron-words.ts';
import { createTerminalLine, systemLanguage } from '../scripts/terminal-line.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const line = createTerminalLine(process.stderr, systemLanguage());
const skip = new AbortController();
/**
 * npm passes on a Ctrl-C that the terminal has sent here already: for so long, in milliseconds, it is not passed on
 * further. A terminal sends a second Ctrl-C of a person to the console itself.
 */
const ECHO = 3000;
let skippedAt = Number.NEGATIVE_INFINITY;

/** The desktop app, without a display, has to end within so many milliseconds for that to be the reason. */
const NO_DISPLAY = 10_000;

function passOnSignals(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' || performance.now() - skippedAt > ECHO) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

function becomeDesktop(path: string): void {
  const startedAt = performance.now();
  const child = spawn(path, ['.', ...args], { cwd: root, stdio: 'inherit' });
  passOnSignals(child);
  child.on('exit', (code, signal) => {
    const isAtOnce = performance.now() - startedAt < NO_DISPLAY;
    if (code && isAtOnce && !hasDisplay()) becomeHeadless({ kind: 'no-display' });
    else process.exitCode = code ?? (signal ? 1 : 0);
  });
}

/** What is meant for people is shown, log lines only from errors upwards. */
function becomeHeadless(reason: Reason): void {
  line.say(instead(reason, hasDisplay() && !args.includes('--no-open')));
  const open = hasDisplay() ? '--open' : '--no-open';
  const child = spawn(process.execPath, [join(root, 'dist', 'headless.js'), open, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'pipe'],
  });
  passOnSignals(child);
  createInterface(child.stderr).on('line', (said) => {
    if (!/^\{"level":[1-4]0,/.test(said)) process.stderr.write(`${said}\n`);
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Why no runtime is asked for, or null. Without a display it could not run; a mirror that somebody has set says that
 * it is wanted all the same.
 */
function reasonNotToFetch(env: NodeJS.ProcessEnv): Reason | null {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return { kind: 'override', folder: override };
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { kind: 'told-to-skip' };
  return hasDisplay() || hasMirror(env) ? null : { kind: 'no-display' };
}

async function fetchUnlessSkipped(): Promise<Missing> {
  process.on('SIGINT', () => {
    if (!skip.signal.aborted) skippedAt = performance.now();
    skip.abort();
  });
  let isEnded = false;
  const end = () => {
    isEnded = true;
    skip.abort();
  };
  process.on('SIGTERM', end);
  const missing = await fetchRuntime({ root, line, env: process.env, signal: skip.signal });
  if (isEnded) process.exit(143);
  process.off('SIGTERM', end);
  return missing;
}

await ensureBuilt();
let runtime = electronRuntime(root);
let missing: Missing = null;
if (runtime.path === null) {
  missing = reasonNotToFetch(process.env) ?? (await fetchUnlessSkipped());
  runtime = electronRuntime(root);
}
if (runtime.path !== null) becomeDesktop(runtime.path);
else becomeHeadless(missing ?? { kind: 'no-source' });
