/**
 * electron-builder's hooks (electron-builder.yml): a package whose keytar is for another machine, or whose fuses are
 * not those that were decided, is an error here and not a surprise on somebody's computer.
 */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext, BuildResult } from 'electron-builder';
import { machineOf } from './binary.ts';
import { type FuseName, readFuses, wrongFuses } from './fuses.ts';

type Context = Pick<AfterPackContext, 'appOutDir' | 'arch' | 'electronPlatformName' | 'packager'>;
type Fuses = Partial<Record<FuseName, boolean>>;

/** builder-util's numbers; its enum cannot be imported without loading all of electron-builder. */
const ARCHS: Readonly<Record<number, string>> = {
  0: 'ia32',
  1: 'x64',
  2: 'armv7l',
  3: 'arm64',
  4: 'universal',
};
const KEYTAR = join('node_modules', 'keytar', 'build', 'Release', 'keytar.node');

/** Packed in this run and not looked at since their fuses were set, which happens after `afterPack`. */
const packed: { readonly binary: string; readonly decided: Fuses }[] = [];

/** Why the keytar at `path` does not belong into a package for this system, or null. */
export function keytarFault(path: string, platform: string, arch: string): string | null {
  if (!existsSync(path)) return `there is no keytar at ${path}: run npm ci where libsecret's headers are`;
  const machine = machineOf(readFileSync(path));
  const wanted = arch === 'universal' ? ['x64', 'arm64'] : [arch];
  if (machine?.platform === platform && wanted.every((one) => machine.archs.includes(one))) return null;
  const found =
    machine === null ? 'no native module' : `for ${machine.platform} ${machine.archs.join(' + ')}`;
  return `keytar is ${found}, the package for ${platform} ${arch}: run npm ci on such a machine and build there`;
}

function checkKeytar(path: string, { electronPlatformName, arch }: Context): void {
  const fault = keytarFault(path, electronPlatformName, ARCHS[arch] ?? String(arch));
  if (fault !== null) throw new Error(fault);
}

/** The file that holds the fuse wire; on macOS that is the framework. */
export function fuseFile(
  appOutDir: string,
  platform: string,
  name: { app: string; executable: string },
): string {
  if (platform === 'darwin') {
    const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework';
    return join(appOutDir, `${name.app}.app`, framework);
  }
  return join(appOutDir, platform === 'win32' ? `${name.app}.exe` : name.executable);
}

/** Before anything is unpacked or downloaded. */
export function beforePack(context: Context): void {
  checkKeytar(join(context.packager.projectDir, KEYTAR), context);
}

/** What electron-builder removes from an Electron that it has downloaded itself, but not from one that it is given. */
const NOT_OURS = [
  'version',
  'resources/default_app.asar',
  'Electron.app/Contents/Resources/default_app.asar',
];

export function afterExtract({ appOutDir }: Pick<Context, 'appOutDir'>): void {
  for (const path of NOT_OURS) rmSync(join(appOutDir, path), { force: true });
}

/** What was packed is what was checked; and the Electron in it has no fuse that is news. */
export function afterPack(context: Context): void {
  const { appOutDir, electronPlatformName, packager } = context;
  const copies = globSync('**/app.asar.unpacked/**/keytar.node', { cwd: appOutDir });
  if (copies.length !== 1)
    throw new Error(`the package holds ${copies.length} keytar.node, and must hold one`);
  checkKeytar(join(appOutDir, copies[0] ?? ''), context);

  const { productFilename: app } = packager.appInfo;
  const { executableName = app } = packager as { executableName?: string };
  const binary = fuseFile(appOutDir, electronPlatformName, { app, executable: executableName });
  readFuses(readFileSync(binary));
  packed.push({ binary, decided: (packager.config.electronFuses ?? {}) as Fuses });
}

/** Reads every fuse back from every package of this run. */
export function afterAllArtifactBuild(_result?: BuildResult): string[] {
  for (const { binary, decided } of packed.splice(0)) {
    const faults = readFuses(readFileSync(binary)).flatMap((wire) => wrongFuses(wire, decided));
    if (faults.length > 0) throw new Error(`fuses of ${binary}: ${faults.join('; ')}`);
  }
  return [];
}
