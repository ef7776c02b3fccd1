/**
 * The unpacked package for Linux, as scripts/dist.ts makes it, but of copies in a folder of its own: nothing of the
 * project is written to. On an Electron older than the one that ships two imports of the built main process are
 * answered from test/real-electron/runtime/shim, in the archive itself: a package has no default app that could do it.
 */
import { spawnSync } from 'node:child_process';
import { constants, cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ensureBuilt } from '../../scripts/build.ts';
import { builderArguments } from '../../scripts/dist.ts';
import { shippedVersion, type TestRuntime } from '../real-electron/app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** What electron-builder reads from the project; scripts/ has its hooks. It follows no link out of the folder. */
const COPIED = ['electron-builder.yml', 'package.json', 'build', 'scripts', 'dist', 'node_modules/keytar'];
/** In our own runtime, for an app that is run from its folder: not as Electron's archive has it. */
const FOR_FOLDERS = ['default_app.asar', 'shim'];

/** Packs into `folder` and returns where the app lies unpacked. */
export async function stagePackage(folder: string, runtime: TestRuntime): Promise<string> {
  await ensureBuilt();
  const project = join(folder, 'project');
  mkdirSync(project, { recursive: true });
  for (const name of COPIED) cpSync(join(ROOT, name), join(project, name), { recursive: true });
  if (runtime.version !== shippedVersion()) answerImports(join(project, 'dist'), runtime);
  const electron = join(folder, 'electron');
  copyRuntime(runtime.folder, electron);
  pack(project, electron, runtime.version);
  return join(project, 'release', 'linux-unpacked');
}

/** A copy, for electron-builder may take files by hard links, and sets the fuses in place. */
function copyRuntime(from: string, to: string): void {
  const left = FOR_FOLDERS.map((name) => join(from, 'resources', name));
  const filter = (path: string) => !left.includes(path);
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, filter });
}

/** electron-builder.yml leaves folders named node_modules out, so the packages are found by their paths. */
function answerImports(dist: string, runtime: TestRuntime): void {
  const from = join(runtime.folder, 'resources', 'shim');
  const shim = join(dist, 'shim');
  for (const name of ['sqlite.mjs', 'electron.mjs']) cpSync(join(from, name), join(shim, name));
  const packages = { '@photostructure/sqlite': 'sqlite', 'node-gyp-build': 'node-gyp-build' };
  for (const [name, short] of Object.entries(packages)) {
    cpSync(join(from, 'node_modules', name), join(shim, short), { recursive: true });
  }
  rewrite(join(shim, 'sqlite.mjs'), `'@photostructure/sqlite'`, `'./sqlite/dist/index.cjs'`);
  rewrite(
    join(shim, 'sqlite/dist/index.cjs'),
    'require("node-gyp-build")',
    'require("../../node-gyp-build")',
  );
  const bundles = globSync('{*,chunks/*}.js', { cwd: dist }).map((name) => join(dist, name));
  for (const [specifier, file] of [
    ['node:sqlite', 'sqlite.mjs'],
    ['electron', 'electron.mjs'],
  ] as const) {
    const old = `from "${specifier}"`;
    const hit = bundles.filter((path) => readFileSync(path, 'utf8').includes(old));
    if (hit.length === 0) throw new Error(`nothing in dist/ imports ${specifier}: has the bundler changed?`);
    for (const path of hit) {
      const way = relative(dirname(path), join(shim, file)).replace(/^(?!\.)/, './');
      rewrite(path, old, `from "${way}"`);
    }
  }
}

function rewrite(path: string, old: string, other: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(old)) throw new Error(`${basename(path)} has no ${old}`);
  writeFileSync(path, text.replaceAll(old, other));
}

function pack(project: string, electron: string, version: string): void {
  const notes = join(project, 'release');
  mkdirSync(notes);
  writeFileSync(join(notes, 'release-notes.md'), 'A test.\n');
  const args = [
    join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    ...['--projectDir', project, '--linux', 'dir'],
    ...[`-c.electronDist=${electron}`, `-c.electronVersion=${version}`],
    ...builderArguments({}),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}${stderr}`);
}
