/** Whether this machine has an Electron to run: the package alone brings none (Electron 42 and newer). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Runtime = { readonly path: string } | { readonly path: null; readonly reason: string };

export function electronRuntime(root: string, env = process.env): Runtime {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = join(root, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : null;
  if (override) return found(join(override, name ?? defaultName()));
  if (!existsSync(folder)) return { path: null, reason: 'the electron package is not installed' };
  return found(join(folder, 'dist', name ?? defaultName()));
}

function found(path: string): Runtime {
  if (existsSync(path)) return { path };
  return { path: null, reason: 'the Electron runtime is not on this machine' };
}

function defaultName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
