/** dist/licences.txt: the licence of every package that the bundles hold, as the bundler itself has seen them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** In the package without being bundled: keytar, and the headers its native part is compiled from. */
const BESIDE_THE_BUNDLES = ['keytar', 'node-addon-api'];
const LICENCE_FILE = /^(licen[cs]e|copying|notice)\b/i;

export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** The folder of the package that a bundled module belongs to; null for our own modules and the bundler's. */
export function packageFolder(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@][^/]*)\//.exec(path)?.[1] ?? null;
}

/** Notes, build after build, from which packages modules got into a bundle. */
export function createCollector(): { readonly plugin: Plugin; folders(): readonly string[] } {
  const found = new Set<string>();
  const plugin: Plugin = {
    name: 'licences',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const folder = packageFolder(id);
          if (folder !== null) found.add(folder);
        }
      }
    },
  };
  return { plugin, folders: () => [...found] };
}

/**
 * Reads it from the package; one that names the MIT licence and leaves its text out gets `mit`, the conditions of
 * that licence.
 * @throws Error when there is neither a text nor that name: whether such a package may be given away is for a person.
 */
export function licenceOf(folder: string, mit: string): Licence {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
  if (files.length === 0 && license !== 'MIT') throw new Error(`${name} ${version} comes without a licence.`);
  const text = files.length === 0 ? `Copyright (c) the authors\n\n${mit}` : files.join('\n\n');
  return { name, version, licence: typeof license === 'string' ? license : 'see its text', text };
}

/** One text; packages under the very same words are listed together above them. */
export function licencesText(licences: readonly Licence[]): string {
  const groups = new Map<string, string[]>();
  const sorted = licences.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  for (const { name, version, licence, text } of sorted) {
    groups.set(text, [...(groups.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const line = '-'.repeat(80);
  const parts = [...groups].map(([words, names]) => `${line}\n${names.join('\n')}\n${line}\n\n${words}\n`);
  return [
    'WeChat Token Console holds these packages. Electron and Chromium have their own files beside the program:',
    'LICENSE.electron.txt and LICENSES.chromium.html.\n',
    ...parts,
  ].join('\n');
}

/** What was collected and what is beside the bundles, once for each package and version. */
export function collectLicences(root: string, folders: readonly string[]): readonly Licence[] {
  const beside = BESIDE_THE_BUNDLES.map((name) => join(root, 'node_modules', name)).filter(existsSync);
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  const mit = own.slice(own.indexOf('Permission is hereby granted')).trim();
  const all = [...folders, ...beside].map((folder) => licenceOf(folder, mit));
  return [...new Map(all.map((one) => [`${one.name} ${one.version}`, one])).values()];
}
