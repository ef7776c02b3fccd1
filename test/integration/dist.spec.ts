/** What a package holds, fuse by fuse and file by file, packed by the real electron-builder around a stub runtime. */
import { execFile } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineOf } from '../../scripts/binary.ts';
import { ensureBuilt } from '../../scripts/build.ts';
import { builderArguments } from '../../scripts/dist.ts';
import { readFuses } from '../../scripts/fuses.ts';
import { makeStubElectron, zipStubElectron } from '../support/stub-electron.ts';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const { extractFile, listPackage, statFile } = createRequire(require.resolve('app-builder-lib'))(
  '@electron/asar',
) as {
  extractFile(archive: string, path: string): Buffer;
  listPackage(archive: string, options: { isPack: boolean }): string[];
  statFile(archive: string, path: string): object;
};

const folder = mkdtempSync(join(tmpdir(), 'wtc-dist-'));
const app = join(folder, 'release', 'linux-unpacked');
const archive = join(app, 'resources', 'app.asar');
let said = '';
let ms = 0;

/** Runs electron-builder as npm run dist does, into a folder of its own. */
function pack(into: string, arch: string, more: readonly string[] = [], electron = 'electron') {
  const args = [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    ...['--linux', 'dir', `--${arch}`],
    `-c.electronDist=${join(folder, electron)}`,
    `-c.directories.output=${join(folder, into)}`,
    ...more,
  ];
  return promisify(execFile)(process.execPath, args, { cwd: root });
}

beforeAll(async () => {
  await ensureBuilt();
  makeStubElectron(join(folder, 'electron'), require('electron/package.json').version);
  const started = performance.now();
  const { stdout, stderr } = await pack('release', process.arch, builderArguments({}));
  ms = performance.now() - started;
  said = stdout + stderr;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The archive's files, the hashes in the bundler's names left out: `chunks/pino-HASH.js`. */
function filesInArchive(): string[] {
  return listPackage(archive, { isPack: false })
    .filter((path) => !('files' in statFile(archive, path.slice(1))))
    .map((path) => path.slice(1).replace(/-[\w-]{8}(?=\.(?:js|css|svg|woff2)$)/, '-HASH'))
    .sort();
}

/** Bundles in dist/ that one of them loads, now or later, by their names in its text. */
function loadedBy(entry: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || !existsSync(join(root, path))) return; // a name in a comment is no file
    seen.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    const imports = text.matchAll(/(?:from|import\(?)\s*["'](\.{1,2}\/[^"']+\.js)["']/g);
    for (const [, name = ''] of imports) visit(join(path, '..', name));
  };
  visit(entry);
  return [...seen].sort();
}

describe('the package', () => {
  it('holds these files and no other; after a look: npx vitest run test/integration/dist.spec.ts -u', async () => {
    await expect(`${filesInArchive().join('\n')}\n`).toMatchFileSnapshot('../support/dist-files.txt');
  });

  it('holds each bundle that the app loads, and none that only the console without a window does', () => {
    const packed = listPackage(archive, { isPack: false })
      .map((path) => path.slice(1))
      .filter((path) => /^dist\/(\w+|chunks\/.*)\.js$/.test(path));
    expect(packed.sort()).toEqual(loadedBy('dist/main.js'));
    expect(packed.length).toBeGreaterThan(5);
  });

  it('says who made it and nothing about how it is developed', () => {
    const { name, main, desktopName, homepage, ...rest } = JSON.parse(
      extractFile(archive, 'package.json').toString('utf8'),
    );
    expect({ name, main, desktopName }).toEqual({
      name: 'wechat-token-console',
      main: 'dist/main.js',
      desktopName: 'wechat-token-console.desktop',
    });
    expect(new URL(homepage).protocol).toBe('https:');
    expect(Object.keys(rest)).not.toContain('devDependencies');
    expect(Object.keys(rest)).not.toContain('scripts');
  });

  it('has keytar for this processor beside the archive: the system loads no native module from inside one', () => {
    const unpacked = join(app, 'resources', 'app.asar.unpacked');
    const files = globSync('**/*', { cwd: unpacked }).filter((path) =>
      statSync(join(unpacked, path)).isFile(),
    );
    const [native = '', ...rest] = files.sort();
    expect(native).toBe('node_modules/keytar/build/Release/keytar.node');
    expect(rest).toEqual(['node_modules/keytar/lib/keytar.js', 'node_modules/keytar/package.json']);
    expect(machineOf(readFileSync(join(unpacked, native)))).toEqual({
      platform: 'linux',
      archs: [process.arch],
    });
  });

  it('has the licences of what the bundles hold', () => {
    const licences = extractFile(archive, 'dist/licences.txt').toString('utf8');
    for (const name of [
      'react',
      '@mantine/core',
      'fastify',
      'keytar',
      'zod',
      '@redis/client',
      'age-encryption',
    ]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(licences).not.toMatch(/^(typescript|vitest|electron-builder) \d/m);
  });

  it('has every fuse as decided', () => {
    expect(readFuses(readFileSync(join(app, 'wechat-token-console')))).toEqual([
      {
        runAsNode: 'off',
        enableCookieEncryption: 'on',
        enableNodeOptionsEnvironmentVariable: 'off',
        enableNodeCliInspectArguments: 'off',
        enableEmbeddedAsarIntegrityValidation: 'on',
        onlyLoadAppFromAsar: 'on',
        loadBrowserProcessSpecificV8Snapshot: 'off',
        grantFileProtocolExtraPrivileges: 'off',
        wasmTrapHandlers: 'on',
      },
    ]);
  });

  it('brings the licences of Electron and Chromium, texts in the console’s languages, no update feed, no app of Electron’s', () => {
    const files = globSync('**/*', { cwd: app }).filter((path) => statSync(join(app, path)).isFile());
    expect(files.filter((path) => !path.includes('app.asar.unpacked')).sort()).toEqual([
      'LICENSE.electron.txt',
      'LICENSES.chromium.html',
      'icudtl.dat',
      'locales/en-US.pak',
      'locales/zh-CN.pak',
      'locales/zh-TW.pak',
      'resources.pak',
      'resources/app.asar',
      'wechat-token-console',
    ]);
  });

  it('was packed without a warning, and its size is told', () => {
    expect(said).not.toMatch(/⨯|error/i);
    const bytes = statSync(archive).size;
    const report = { asarBytes: bytes, files: filesInArchive().length, packedInMs: Math.round(ms) };
    mkdirSync(join(root, 'test-output'), { recursive: true });
    writeFileSync(join(root, 'test-output', 'dist.json'), `${JSON.stringify(report, null, 2)}\n`);
    console.log(
      `app.asar: ${(bytes / 1e6).toFixed(2)} MB, ${report.files} files, in ${(ms / 1000).toFixed(1)} s`,
    );
    expect(bytes).toBeLessThan(8e6);
  });
});

it('a package for another processor is refused before anything is packed', async () => {
  const other = process.arch === 'x64' ? 'arm64' : 'x64';
  const failed = await pack('other', other).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stdout + failed.stderr).toContain(`keytar is for linux ${process.arch}`);
  expect(globSync('other/**/app.asar', { cwd: folder })).toEqual([]);
}, 60_000);

it('a build with a feed tells the app its address, around an Electron from its zip as npm run dist has it', async () => {
  zipStubElectron(join(folder, 'electron'), join(folder, 'electron.zip'));
  const fed = builderArguments({ WTC_UPDATE_URL: 'https://updates.example/wtc' });
  await pack('fed', process.arch, fed, 'electron.zip');
  const packed = join(folder, 'fed', 'linux-unpacked');
  const feed = readFileSync(join(packed, 'resources', 'app-update.yml'), 'utf8');
  expect(feed).toMatch(/^provider: generic$/m);
  expect(feed).toMatch(/^url: https:\/\/updates\.example\/wtc$/m);
  const files = (at: string) => globSync('*', { cwd: at }).sort();
  expect(files(packed)).toEqual(files(app));
  expect(files(join(packed, 'resources'))).toEqual(
    [...files(join(app, 'resources')), 'app-update.yml'].sort(),
  );
}, 60_000);

it('the bill of materials names what dist/licences.txt names, and Electron', () => {
  const { components } = JSON.parse(readFileSync(join(root, 'dist', 'sbom.cdx.json'), 'utf8'));
  const named = (components as { name: string; version: string }[]).map(
    ({ name, version }) => `${name} ${version}`,
  );
  const licences = readFileSync(join(root, 'dist', 'licences.txt'), 'utf8');
  const listed = [...licences.matchAll(/^(\S+ \d\S*) \(.+\)$/gm)].map(([, one]) => one ?? '');
  const electron = `electron ${require('electron/package.json').version}`;
  expect(new Set(named)).toEqual(new Set([...listed, electron]));
  expect(listed).toContain('keytar 7.9.0');
});
