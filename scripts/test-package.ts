/**
 * npm run test:package: the app as it is installed, started and attacked on a real desktop (test/package). Packs the
 * built app on the Electron that ships where that is on this machine, else on the older real one; WTC_TEST_PACKAGE names
 * an unpacked package that is there already. Ends with one line `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoDesktop } from '../test/real-electron/desktop/desktop.ts';
import { prepareSystem } from './system-packages.ts';
import { prepareElectron } from './test-runtime.ts';

const root = join(import.meta.dirname, '..');
const report = join(root, 'test-output', 'package.json');

/** Why there is nothing to test or nowhere to test it; null when there is. Fetches the older Electron where needed. */
async function whyNot(): Promise<string | null> {
  if (process.platform !== 'linux') return 'its tests are for Linux';
  prepareSystem(root);
  return process.env.WTC_TEST_PACKAGE ? whyNoDesktop() : (await prepareElectron(root)).reason;
}

function run(): { passed: number; failed: number; skipped: number } {
  rmSync(report, { force: true });
  const bin = join(root, 'node_modules', '.bin', 'playwright');
  const args = ['test', '--config', 'test/package/playwright.config.ts', ...process.argv.slice(2)];
  const { status } = spawnSync(bin, args, { cwd: root, stdio: 'inherit' });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected || (status === 0 ? 0 : 1);
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

const reason = await whyNot();
if (reason !== null) console.log(`not run — the packaged app: ${reason}`);
const { passed, failed, skipped } = reason === null ? run() : { passed: 0, failed: 0, skipped: 1 };
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
// A package that somebody named was to be tested: leaving that out is no success.
const isOwed = reason !== null && process.env.WTC_TEST_PACKAGE !== undefined;
process.exitCode = failed === 0 && !isOwed ? 0 : 1;
