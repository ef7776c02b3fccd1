/**
 * npm test: everything that can be tested on this machine, ending with one line `N passed, N failed, N skipped`.
 * What the machine lacks is installed where that is allowed (Debian as root), else named and skipped.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, seconds } from './step.ts';
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

function add({ passed, failed, skipped }: Count): void {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

async function check(title: string, command: string, args: string[]): Promise<void> {
  const isFine = await run(title, command, args);
  add({ ...NOTHING, [isFine ? 'passed' : 'failed']: 1 });
}

/** Runs a test runner and adds what its report counted; a runner without a report has failed. */
async function suite(
  title: string,
  command: string,
  args: string[],
  report: string,
  count: (json: unknown) => Count,
): Promise<void> {
  const file = join(output, report);
  rmSync(file, { force: true });
  const isFine = await run(title, command, args);
  const counted = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING;
  add(!isFine && counted.failed === 0 ? { ...counted, failed: 1 } : counted);
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

const vitest = (report: string, ...more: string[]) => [
  ...['run', '--silent=passed-only', '--reporter=default', '--reporter=json'],
  ...[`--outputFile.json=test-output/${report}`, ...more],
];
const playwright = (project: string) => [
  ...['test', '--config', 'test/e2e/playwright.config.ts', `--project=${project}`],
];

/** The rules of a token's life, whose every branch has to be covered. */
const RULES = ['test/unit/keeper', 'test/unit/wechat'];
const COVERED = [
  '--coverage',
  ...['lifecycle', 'budget', 'answer', 'plan', 'schedule', 'check', 'consent', 'addresses', 'drill'].map(
    (name) => `--coverage.include=electron/keeper/${name}.ts`,
  ),
  ...['--coverage.include=electron/wechat/reply.ts', '--coverage.thresholds.branches=100'],
];

/** What needs one core, and what waits nearly all of its time: beside the rest. */
async function quietLane(): Promise<void> {
  await check('types', 'node', ['node_modules/typescript-native/bin/tsc', '--noEmit']);
  await check('lint and format', 'biome', ['check', '.']);
  await check('import rules', 'depcruise', [
    ...['--config', 'dependency-cruiser.config.mjs', 'electron', 'renderer'],
  ]);
  const args = vitest('waiting.json', '--project=waiting');
  await suite('integration: what waits', 'vitest', args, 'waiting.json', vitestCount);
  // Other faults each time: the seed is printed, and brings them again.
  await check('soak: 600 random faults in a minute', 'node', [
    'scripts/soak.ts',
    '--faults',
    '600',
    '--minutes',
    '1',
  ]);
}

/** What computes, one after the other: each has both cores. */
async function computingLane(): Promise<void> {
  const rules = vitest('rules.json', ...RULES, '--project=unit', ...COVERED);
  await suite('every branch of lifecycle, reply and schedule', 'vitest', rules, 'rules.json', vitestCount);
  const projects = ['unit', 'renderer', 'integration'].map((name) => `--project=${name}`);
  const others = vitest('vitest.json', ...projects, ...RULES.map((folder) => `--exclude=${folder}/**`));
  await suite('unit and integration', 'vitest', others, 'vitest.json', vitestCount);
  if (system.chromium) {
    const title = 'end to end in Chromium: the headless host';
    await suite(title, 'playwright', playwright('headless'), 'e2e.json', playwrightCount);
  } else skips.push('end to end: there is no Chromium on this machine');
  await onElectron();
}

/** The built app on a real Electron, fetched where there is none; what cannot be is named. */
async function onElectron(): Promise<void> {
  const made = await prepareElectron(root);
  if (made.name === null) return void skips.push(`the desktop app: ${made.reason}`);
  await suite(
    `the desktop app ${made.name}`,
    'playwright',
    playwright('desktop,*'),
    'e2e.json',
    playwrightCount,
  );
}

const started = performance.now();
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const system = prepareSystem(root);
for (const { what, reason } of system.missing) skips.push(`${what}: ${reason}`);

if (await run('build', 'node', ['scripts/build.ts'])) await Promise.all([quietLane(), computingLane()]);
else add({ ...NOTHING, failed: 1 });

console.log(`\nin ${seconds(started)} s`);
for (const reason of skips) console.log(`not run — ${reason}`);
total.skipped += skips.length;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
