/** Everything into dist/: renderer, both hosts, preload. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const config of ['vite.main.config.mts', 'vite.preload.config.mts', 'vite.config.mts']) {
  await build({ configFile: join(root, config), logLevel: 'warn' });
}
