/** npm run looks: every screen in each language and theme as a picture in test-output/screens, for a person to look at. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';

const root = join(import.meta.dirname, '..');
await ensureBuilt();
const args = ['test', '--config', 'test/e2e/playwright.config.ts', '--project=headless', 'look.spec'];
const playwright = join(root, 'node_modules', '.bin', 'playwright');
const env = { ...process.env, WTC_LOOKS: 'all' };
process.exitCode =
  spawnSync(playwright, [...args, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env }).status ??
  1;
