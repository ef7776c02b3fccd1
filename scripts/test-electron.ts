/**
 * npm run test:electron: the specs that every host shares, on a real Electron: the one that ships where it was downloaded,
 * else an older one (scripts/test-runtime.ts). `-- --project 'desktop,*'`: the desktop's own, which npm test runs.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { prepareSystem } from './system-packages.ts';
import { prepareElectron } from './test-runtime.ts';

const root = join(import.meta.dirname, '..');
const given = process.argv.slice(2);

prepareSystem(root);
const { name, reason } = await prepareElectron(root);
if (name === null) {
  console.error(`not run — ${reason}`);
  process.exitCode = 1;
} else {
  console.log(`── the shared specs ${name}`);
  await ensureBuilt();
  const project = given.some((word) => word.startsWith('--project')) ? [] : ['--project=shared,*'];
  const args = ['test', '--config', 'test/e2e/playwright.config.ts', ...project, ...given];
  // Not .bin/playwright, which on Windows is a script for a shell.
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { status } = spawnSync(process.execPath, [playwright, ...args], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
