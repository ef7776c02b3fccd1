/** Whether this machine has an Electron to run: the package alone brings none (Electron 42 and newer). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Runtime = { readonly path: string } | { readonly path: null; readonly reason: string };

export function electronRuntime(root: string, env = process.env): Runtime {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = join(root, 'node_modules', 'electron');
  if (override) {
    const path = join(override, namedIn(folder) ?? executable());
    return existsSync(path)
      ? { path }
      : { path: null, reason: 'the Electron runtime is not on this machine' };
  }
  if (!existsSync(folder)) return { path: null, reason: 'the electron package is not installed' };
  if (isInstalled(folder)) return { path: join(folder, 'dist', executable()) };
  return { path: null, reason: 'the Electron runtime is not on this machine' };
}

/** The executable inside `dist`, as electron's install.js names it. */
export function executable(platform: string = process.platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** As electron itself judges it: path.txt is written when `dist` is whole, so half a runtime is none. */
export function isInstalled(folder: string): boolean {
  return namedIn(folder) === executable() && existsSync(join(folder, 'dist', executable()));
}

function namedIn(folder: string): string | null {
  const named = join(folder, 'path.txt');
  return existsSync(named) ? readFileSync(named, 'utf8').trim() : null;
}
