/** Everything into dist/: both hosts, the preload, the renderer, the icons, the licences, the bill of materials. */
import { copyFileSync, cpSync, existsSync, globSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectLicences, createCollector, licencesText } from './licences.ts';
import { collectSbom } from './sbom.ts';

const root = join(import.meta.dirname, '..');
const icons = join(root, 'build', 'icons');
const stamp = join(root, 'dist', '.built');
const SOURCES = [
  ...['electron/**/*', 'renderer/**/*', 'build/icons/**/*.png'],
  ...['package-lock.json', 'package.json', 'vite.*.mts'],
];

export async function build(): Promise<void> {
  const vite = await import('vite');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const collector = createCollector();
  for (const config of ['vite.main.config.mts', 'vite.preload.config.mts', 'vite.config.mts']) {
    await vite.build({ configFile: join(root, config), logLevel: 'warn', plugins: [collector.plugin] });
  }
  cpSync(join(icons, 'tray'), join(root, 'dist', 'icons'), { recursive: true });
  copyFileSync(join(icons, 'linux', '256x256.png'), join(root, 'dist', 'icons', 'window.png'));
  const licences = collectLicences(root, collector.folders());
  writeFileSync(join(root, 'dist', 'licences.txt'), licencesText(licences));
  writeFileSync(join(root, 'dist', 'sbom.cdx.json'), collectSbom(root, licences));
  writeFileSync(stamp, '');
}

/** Builds only when a source is newer than what was built last. */
export async function ensureBuilt(): Promise<void> {
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const newer = (path: string) => statSync(join(root, path)).mtimeMs > built;
  if (SOURCES.some((pattern) => globSync(pattern, { cwd: root }).some(newer))) await build();
}

if (import.meta.main) await build();
