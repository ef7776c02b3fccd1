/**
 * An Electron distribution with nothing in it but what electron-builder looks for: enough to pack, not to run. Its
 * fuse wire says what Electron's own does before anybody sets it.
 */
import { chmodSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipOf } from './electron-mirror.ts';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, 9]), Buffer.from('101010011')]);

/** Fills `folder` with a Linux runtime of the given version. */
export function makeStubElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const files = ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'icudtl.dat'];
  const locales = ['en-US', 'zh-CN', 'zh-TW', 'de', 'fr'].map((name) => join('locales', `${name}.pak`));
  const app = join('resources', 'default_app.asar');
  for (const name of [...files, ...locales, app]) writeFileSync(join(folder, name), 'stub\n');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), WIRE]));
  chmodSync(join(folder, 'electron'), 0o755);
}

/** The zip of such a folder, as the sources of Electron's releases have one. */
export function zipStubElectron(folder: string, zip: string): void {
  const names = globSync('**/*', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  writeFileSync(zip, zipOf(names.map((name) => [name, readFileSync(join(folder, name)), 0o755])));
}
