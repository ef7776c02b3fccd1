/**
 * npm test: everything that can be tested on this machine, ending with one line `N passed, N failed, N skipped`.
 * What the machine lacks is installed where that is allowed (Debian as root), else named and skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareSystem } from './system-packages.ts';
import { prepareElectron } from './test-runtime.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, '..');
const output = join(root, 'test-output');
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 };
const skips: string[] = [];

function run(title: string, command: string, args: string[], env: Record<string, string> = {}): boolean {
  console.log(`\n── ${title}`);
  const started = performance.now();
  const bin = join(root, 'node_modules', '.bin', command);
  const { status, error } = spawnSync(existsSync(bin) ? bin : command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'failed'} in ${seconds(started)} s`);
  return status === 0;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function add({ passed, failed, skipped }: Count): void {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

function check(title: string, command: string, args: string[]): void {
  add(
    run(title, command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 },
  );
}

/** Runs a test runner and adds what its report counted; a runner without a report has failed. */
function suite(
  title: string,
  command: string,
  args: string[],
  report: string,
  count: (json: unknown) => Count,
): void {
  const file = join(output, report);
  const ok = run(title, command, args);
  const counted = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING;
  add(!ok && counted.failed === 0 ? { ...counted, failed: 1 } : counted);
}

function vitestCount(json: unknown): Count {
  const report = json as { testResults: { assertionResults: { status: string; fullName: string }[] }[] };
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = all.filter(({ status }) => status === 'passed').length;
  const failed = all.filter(({ status }) => status === 'failed').length;
  return { passed, failed, skipped: all.length - passed - failed };
}

function playwrightCount(json: unknown): Count {
  const { stats } = json as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

const playwright = (project: string) => [
  ...['test', '--config', 'test/e2e/playwright.config.ts', `--project=${project}`],
];

/** The built app on a real Electron, fetched where there is none; what cannot be is named. */
async function onElectron(): Promise<void> {
  const made = await prepareElectron(root);
  if (made.name === null) skips.push(`the desktop app: ${made.reason}`);
  else
    suite(`the desktop app ${made.name}`, 'playwright', playwright('desktop,*'), 'e2e.json', playwrightCount);
}

const started = performance.now();
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const system = prepareSystem(root);
for (const { what, reason } of system.missing) skips.push(`${what}: ${reason}`);

check('types', 'tsc', ['--noEmit']);
check('lint and format', 'biome', ['check', '.']);
check('import rules', 'depcruise', ['--config', 'dependency-cruiser.config.mjs', 'electron', 'renderer']);
check('every branch of lifecycle, reply and schedule', 'vitest', [
  ...['run', '--project', 'unit', 'test/unit/keeper', 'test/unit/wechat', '--reporter=dot', '--coverage'],
  ...['lifecycle', 'answer', 'plan', 'schedule', 'check', 'consent', 'addresses', 'drill'].map(
    (name) => `--coverage.include=electron/keeper/${name}.ts`,
  ),
  ...['--coverage.include=electron/wechat/reply.ts', '--coverage.thresholds.branches=100'],
]);
if (run('build', 'node', ['scripts/build.ts'])) {
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=test-output/vitest.json'];
  suite(
    'unit and integration',
    'vitest',
    ['run', '--silent=passed-only', ...reporters],
    'vitest.json',
    vitestCount,
  );
  if (system.chromium) {
    const title = 'end to end in Chromium: the headless host';
    suite(title, 'playwright', playwright('headless'), 'e2e.json', playwrightCount);
  } else skips.push('end to end: there is no Chromium on this machine');
  await onElectron();
} else add({ passed: 0, failed: 1, skipped: 0 });

console.log(`\nin ${seconds(started)} s`);
for (const reason of skips) console.log(`not run — ${reason}`);
total.skipped += skips.length;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
