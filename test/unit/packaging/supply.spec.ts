import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveOf, install } from '../../../scripts/keytar-binary/binary.mjs';
import { sbomOf } from '../../../scripts/sbom.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

describe.each(['package-lock.json', 'test/real-electron/package-lock.json'])('%s', (path) => {
  const packages = read(path).packages as Record<string, Entry>;
  const installed = Object.entries(packages).filter(
    ([at, entry]) => at.includes('node_modules/') && !entry.link,
  );

  it('has a checksum for every package of every system', () => {
    const without = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    expect(without.map(([at]) => at)).toEqual([]);
  });

  it('names no registry: each company has its own', () => {
    const named = Object.values(packages).filter(({ resolved }) => resolved?.includes('://'));
    expect(named).toEqual([]);
  });
});

it('only keytar may run a script when it is installed, and what it runs is ours', () => {
  const packages = Object.entries(read('package-lock.json').packages as Record<string, Entry>);
  const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([at]) => at);
  // electron-winstaller's is not allowed to (package.json, allowScripts); no target of ours needs it.
  expect(running).toEqual(['node_modules/electron-winstaller', 'node_modules/keytar']);
  expect(read('package.json').allowScripts).toEqual({ keytar: true });
  expect(read('package-lock.json').packages['node_modules/prebuild-install']).toEqual({
    resolved: 'scripts/keytar-binary',
    link: true,
  });
});

describe('keytar’s binary', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wtc-keytar-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** An archive as the release page has it, and where it is served. */
  async function served(use: (archive: { url: string; sha256: string }) => Promise<void>): Promise<void> {
    const content = join(folder, 'content');
    mkdirSync(join(content, 'build', 'Release'), { recursive: true });
    writeFileSync(join(content, 'build', 'Release', 'keytar.node'), 'native');
    const file = join(folder, 'keytar.tar.gz');
    spawnSync('tar', ['-czf', file, '-C', content, 'build']);
    const bytes = readFileSync(file);
    const server = createServer((request, reply) => {
      reply.writeHead(request.url === '/keytar.tar.gz' ? 200 : 404).end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    try {
      await use({ url: `http://127.0.0.1:${port}/keytar.tar.gz`, sha256 });
    } finally {
      server.close();
    }
  }

  const binary = () => join(folder, 'build', 'Release', 'keytar.node');

  it('is taken when it is the one that is known', async () => {
    await served(async (archive) => {
      await install(archive, folder);
      expect(readFileSync(binary(), 'utf8')).toBe('native');
    });
  });

  it('is not taken with another checksum, and nothing is left of it', async () => {
    await served(async ({ url }) => {
      await expect(install({ url, sha256: 'f'.repeat(64) }, folder)).rejects.toThrow('another checksum');
      expect(existsSync(binary())).toBe(false);
      expect(existsSync(join(folder, 'keytar-binary.tar.gz'))).toBe(false);
    });
  });

  it('that is not there is named with its host', async () => {
    await served(async ({ url, sha256 }) => {
      await expect(install({ url: `${url}.old`, sha256 }, folder)).rejects.toThrow('HTTP 404 from 127.0.0.1');
    });
  });

  it.each([
    ['7.9.0', 'linux', 'x64', true],
    ['7.9.0', 'darwin', 'arm64', true],
    ['7.9.0', 'win32', 'x64', false],
    ['7.9.1', 'linux', 'x64', false],
  ])('%s for %s %s is known: %s', (version, platform, arch, isKnown) => {
    expect(archiveOf(version, platform, arch) !== null).toBe(isKnown);
    const { version: ours } = read('package-lock.json').packages['node_modules/keytar'];
    expect(ours).toBe('7.9.0');
  });

  it('comes from a mirror where one is set', () => {
    const { url } = archiveOf('7.9.0', 'linux', 'x64', 'https://mirror.example/keytar/') ?? {};
    expect(url).toBe('https://mirror.example/keytar/v7.9.0/keytar-v7.9.0-napi-v3-linux-x64.tar.gz');
  });
});

describe('the bill of materials', () => {
  const lock = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-AAEC' } } };
  const app = { name: 'app', version: '2.0.0' };

  it('names each package with its licence and the lock file’s checksum', () => {
    const { components } = JSON.parse(sbomOf(app, [{ name: 'a', version: '1.0.0', licence: 'MIT' }], lock));
    expect(components).toEqual([
      {
        ...{
          type: 'library',
          'bom-ref': 'pkg:npm/a@1.0.0',
          name: 'a',
          version: '1.0.0',
          purl: 'pkg:npm/a@1.0.0',
        },
        ...{ hashes: [{ alg: 'SHA-512', content: '000102' }], licenses: [{ expression: 'MIT' }] },
      },
    ]);
  });

  it('is not made for a package that the lock file does not vouch for', () => {
    const other = [{ name: 'a', version: '1.0.1', licence: 'MIT' }];
    expect(() => sbomOf(app, other, lock)).toThrow('no checksum for a 1.0.1');
  });
});
