/** Everything into dist/: both hosts, the preload, the renderer. */
import { existsSync, globSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'dist', '.built');
const SOURCES = ['electron/**/*', 'renderer/**/*', 'package-lock.json', 'package.json', 'vite.*.mts'];

export async function build(): Promise<void> {
  const vite = await import('vite');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  for (const config of ['vite.main.config.mts', 'vite.preload.config.mts', 'vite.config.mts']) {
    await vite.build({ configFile: join(root, config), logLevel: 'warn' });
  }
  writeFileSync(stamp, '');
}

/** Builds only when a source is newer than what was built last. */
export async function ensureBuilt(): Promise<void> {
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const newer = (path: string) => statSync(join(root, path)).mtimeMs > built;
  if (SOURCES.some((pattern) => globSync(pattern, { cwd: root }).some(newer))) await build();
}

if (import.meta.main) await build();
