/**
 * What the fuses forbid, tried: each attempt fails on the package, and the same attempt succeeds on its copy without
 * fuses, so that it is the fuse which forbids it. Sources: electron's docs/tutorial/fuses.md and asar-integrity.md.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, type Packaged, test } from './fixtures.ts';
import type { PackagedApp } from './packaged-app.ts';

const MARK = 'mark.txt';

/** A script that leaves a mark in the scratch folder when anything runs it. */
function script({ scratch }: Packaged, name: string): string {
  const path = join(scratch, name);
  writeFileSync(path, `require('node:fs').writeFileSync(${JSON.stringify(join(scratch, MARK))}, 'ran');\n`);
  return path;
}

/** Whether the script has run, asked again and again for 5 s or until the app shows its page. */
async function hasRun(packaged: Packaged, app: PackagedApp): Promise<boolean> {
  const mark = join(packaged.scratch, MARK);
  const seen = (async () => {
    for (const end = Date.now() + 5000; Date.now() < end && !existsSync(mark); ) await wait(50);
  })();
  await Promise.race([seen, app.page().catch(() => seen)]);
  return existsSync(mark);
}

const dataIn = ({ scratch }: Packaged, name: string) => ['--data-dir', join(scratch, name)];

test('ELECTRON_RUN_AS_NODE runs no script: the app starts as ever', async ({ packaged }) => {
  const path = script(packaged, 'script.cjs');
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const app = packaged.start(packaged.folder, { args: [path, ...dataIn(packaged, 'a')], env });
  await app.page();
  expect(await hasRun(packaged, app)).toBe(false);
  // Node takes the first argument that is no option: none of ours may stand before the script.
  const loose = packaged.start(packaged.loose, { bare: true, args: [path], env });
  expect(await hasRun(packaged, loose)).toBe(true);
});

test('NODE_OPTIONS is not read', async ({ packaged }) => {
  const env = { NODE_OPTIONS: `--require=${script(packaged, 'required.cjs')}` };
  // Read, it would be refused with these words: a packaged app takes two harmless options at the most.
  const refused = /NODE_OPTION/;
  const app = packaged.start(packaged.folder, { args: dataIn(packaged, 'a'), env });
  expect(await hasRun(packaged, app)).toBe(false);
  expect(app.said).not.toMatch(refused);
  const loose = packaged.start(packaged.loose, { args: dataIn(packaged, 'b'), env });
  await loose.page();
  expect(loose.said).toMatch(refused);
});

test('--inspect and SIGUSR1 open no debugger', async ({ packaged }) => {
  const open = /Debugger listening on/;
  const app = packaged.start(packaged.folder, { args: ['--inspect=0', ...dataIn(packaged, 'a')] });
  await app.page();
  expect(app.said).not.toMatch(open);
  // Nobody handles the signal, so it does what it does to any program.
  app.child.kill('SIGUSR1');
  expect(await app.exited).toEqual({ code: null, signal: 'SIGUSR1' });
  expect(app.said).not.toMatch(open);
  const loose = packaged.start(packaged.loose, { args: ['--inspect=0', ...dataIn(packaged, 'b')] });
  await loose.page();
  expect(loose.said).toMatch(open);
});

/** A copy of a package whose resources/ may be changed. */
function copyOf({ scratch }: Packaged, folder: string, name: string): string {
  const copy = join(scratch, name);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

test('a folder named app in the archive’s place is not run', async ({ packaged }) => {
  const resources = (folder: string) => join(folder, 'resources');
  const foldered = (folder: string, name: string) => {
    const copy = copyOf(packaged, folder, name);
    const app = join(resources(copy), 'app');
    mkdirSync(app);
    cpSync(script(packaged, 'other.cjs'), join(app, 'main.cjs'));
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'other', main: 'main.cjs' }));
    return copy;
  };
  const copy = foldered(packaged.folder, 'copy');
  const beside = packaged.start(copy, { args: dataIn(packaged, 'a') });
  await beside.page();
  expect(existsSync(join(packaged.scratch, MARK))).toBe(false);
  await beside.stop();

  rmSync(join(resources(copy), 'app.asar'));
  const instead = packaged.start(copy, { args: dataIn(packaged, 'b') });
  expect(await hasRun(packaged, instead)).toBe(false);
  await instead.close();

  const loose = foldered(packaged.loose, 'loose');
  rmSync(join(resources(loose), 'app.asar'));
  expect(await hasRun(packaged, packaged.start(loose, { args: dataIn(packaged, 'c') }))).toBe(true);
});

test('known limit: on Linux a changed archive is not noticed, whatever the fuse (macOS and Windows do)', async ({
  packaged,
}) => {
  const copy = copyOf(packaged, packaged.folder, 'copy');
  const archive = join(copy, 'resources', 'app.asar');
  const bytes = readFileSync(archive);
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const at = bytes.indexOf(`"version": "${version}"`);
  expect(at).toBeGreaterThan(0);
  bytes.write(`"version": "9${version.slice(1)}"`, at);
  writeFileSync(`${archive}.new`, bytes);
  renameSync(`${archive}.new`, archive);
  const app = packaged.start(copy, { args: dataIn(packaged, 'a') });
  const { text } = await app.run('diagnostics.get', {});
  expect(text).toContain(`WeChat Token Console 9${version.slice(1)}`);
});

test('a page from a file may not read other files', async ({ packaged }) => {
  const [page, other] = ['page.html', 'other.txt'].map((name) => join(packaged.scratch, name));
  writeFileSync(page ?? '', '<!doctype html><h1>page</h1>');
  writeFileSync(other ?? '', 'words of the other file');
  const readIn = async (folder: string, name: string) => {
    const app = packaged.start(folder, { args: dataIn(packaged, name) });
    const devtools = await app.page();
    // As somebody at the DevTools would; the page itself and its links cannot (test/unit/desktop/navigation.spec.ts).
    await devtools.send('Page.navigate', { url: `file://${page}` });
    await devtools.waitFor(`location.protocol === 'file:' && document.readyState === 'complete'`);
    expect(await devtools.evaluate('typeof window.tokenConsole')).toBe('object');
    return devtools.evaluate(`fetch('file://${other}').then((r) => r.text()).catch((e) => e.name)`);
  };
  expect(await readIn(packaged.folder, 'a')).toBe('TypeError');
  expect(await readIn(packaged.loose, 'b')).toBe('words of the other file');
});

test('flags that Electron’s own launcher knows run nothing: the demo opens', async ({ packaged }) => {
  const path = script(packaged, 'flag.cjs');
  const flags = [
    '--version',
    '-v',
    '--help',
    '--abi',
    '-i',
    '-r',
    path,
    '--require',
    path,
    '-e',
    `require('${path}')`,
  ];
  const app = packaged.start(packaged.folder, { args: ['--demo', ...flags] });
  await app.page();
  expect((await app.run('state.get', {})).accounts.length).toBeGreaterThan(5);
  expect(await hasRun(packaged, app)).toBe(false);
  expect(await app.stop()).toEqual({ code: 0, signal: null });
});
