/** npm start: the desktop app where this machine can run one, else the same console in a browser. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from '../scripts/build.ts';
import { electronRuntime } from '../scripts/electron-runtime.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);

/** The electron package brings no runtime since Electron 42; its own installer fetches one where it can. */
function fetchRuntime(): void {
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  spawnSync(process.execPath, [installer, '--no'], { cwd: root, stdio: 'ignore', timeout: 300_000 });
}

/** `quiet`: what is meant for people is shown, log lines only from errors upwards. */
function become(command: string, commandArgs: string[], quiet = false): void {
  const child = spawn(command, commandArgs, {
    cwd: root,
    stdio: ['inherit', 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      if (!/^\{"level":[1-4]0,/.test(line)) process.stderr.write(`${line}\n`);
    });
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

await ensureBuilt();
if (electronRuntime(root).path === null) fetchRuntime();
const runtime = electronRuntime(root);
if (runtime.path !== null) {
  become(runtime.path, ['.', ...args]);
} else {
  process.stderr.write(
    'The Electron runtime is not on this machine and could not be downloaded: the same console opens in a browser.\n',
  );
  const open = hasDisplay() ? '--open' : '--no-open';
  become(process.execPath, [join(root, 'dist', 'headless.js'), open, ...args], true);
}
