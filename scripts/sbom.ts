/**
 * dist/sbom.cdx.json: what the app holds, as a CycloneDX bill of materials (https://cyclonedx.org/docs/1.6/json/).
 * Of the bundles, not of node_modules: what only builds or tests is not in the app. The same sources make the same file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Licence } from './licences.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

type Package = Pick<Licence, 'name' | 'version' | 'licence'>;

/** A package's address in a bill, https://github.com/package-url/purl-spec. */
function purlOf({ name, version }: Package): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** The checksum of the lock file as CycloneDX writes it: hexadecimal. */
function hashesOf({ name, version }: Package, { packages }: Lock) {
  const entries = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  const integrity = entries.find(([, entry]) => entry.version === version)?.[1].integrity;
  const sum = integrity?.startsWith('sha512-') ? integrity.slice('sha512-'.length) : null;
  if (sum === null) throw new Error(`the lock file has no checksum for ${name} ${version}`);
  return [{ alg: 'SHA-512', content: Buffer.from(sum, 'base64').toString('hex') }];
}

/**
 * The bill as JSON.
 * @throws Error for a package that the lock file does not vouch for.
 */
export function sbomOf(
  app: { name: string; version: string },
  packages: readonly Package[],
  lock: Lock,
): string {
  const components = packages
    .map((one) => ({
      type: 'library',
      'bom-ref': purlOf(one),
      name: one.name,
      version: one.version,
      hashes: hashesOf(one, lock),
      licenses: [{ expression: one.licence }],
      purl: purlOf(one),
    }))
    .sort((a, b) => a.purl.localeCompare(b.purl, 'en'));
  const { name, version } = app;
  const purl = `pkg:npm/${name}@${version}`;
  const metadata = { component: { type: 'application', 'bom-ref': purl, name, version, purl } };
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components }, null, 2)}\n`;
}

/** The bill of the app at `root`. Electron, which brings Node and Chromium, is not in a bundle but in every package. */
export function collectSbom(root: string, licences: readonly Licence[]): string {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
  const { version, license: licence } = read('node_modules', 'electron', 'package.json');
  const packages = [...licences, { name: 'electron', version, licence }];
  return sbomOf(read('package.json'), packages, read('package-lock.json'));
}
