import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../electron/vault/open.ts';
import type { Vault } from '../../electron/vault/vault.ts';
import { temporaryFolder } from '../support/ledger-fixtures.ts';
import { type SmallDisk, smallDisk } from '../support/ledger-small-disk.ts';
import { itBehavesAsAVault } from '../support/vault-behaviour.ts';
import { absent, done, found, marksInMemory, OTHER, SECRET, TOKEN } from '../support/vault-values.ts';

let place: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let keyFile: string;
let file: string;

beforeEach(() => {
  place = temporaryFolder();
  dataDir = join(place.folder, 'data');
  keyFile = join(place.folder, 'config', 'deep', 'vault.key');
  file = join(dataDir, 'vault.age');
});
afterEach(() => place.remove());

const vaultIn = (folder = dataDir, callTimeoutMs = 5000): Vault =>
  openVault('file', { dataDir: folder, keyFile, marks: marksInMemory(), callTimeoutMs });

/** A vault with one entry, as another process left it. */
async function prepare(): Promise<void> {
  expect(await vaultIn().keep(SECRET, 'sandbox-secret-of-shop')).toEqual(done);
}

/** Trouble that names the file it is about. */
const trouble = (about: string) => ({ result: 'unavailable', detail: expect.stringContaining(about) });

describe('the file vault', () => {
  itBehavesAsAVault(() => vaultIn());

  it('gives back after a restart what it was given', async () => {
    await prepare();
    const vault = vaultIn();
    expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    expect(await vault.read(OTHER)).toEqual(absent);
    await vault.keep(TOKEN, 'two');
    expect(await vaultIn().read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    expect(await vaultIn().read(TOKEN)).toEqual(found('two'));
  });

  it('makes its files and folders for their owner alone, and shows nothing of what they hold', async () => {
    await prepare();
    const modes = [file, keyFile, dataDir, join(keyFile, '..')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o700, 0o700]);
    expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption\.org/);
    expect(readFileSync(file, 'latin1')).not.toContain('sandbox-secret');
    expect(readdirSync(dataDir)).toEqual(['vault.age']);
    expect(readdirSync(join(keyFile, '..'))).toEqual(['vault.key']);
  });

  it('can be opened by age itself with the key file', async () => {
    await prepare();
    const decrypter = new Decrypter();
    decrypter.addIdentity(readFileSync(keyFile, 'utf8').split('\n')[1] ?? '');
    expect(JSON.parse(await decrypter.decrypt(readFileSync(file), 'text'))).toEqual({
      'wx00000000000000a1/secret': 'sandbox-secret-of-shop',
    });
  });

  it('makes nothing as long as it is only read', async () => {
    expect(await vaultIn().read(SECRET)).toEqual(absent);
    expect(await vaultIn().forget(SECRET)).toEqual(done);
    expect(readdirSync(place.folder)).toEqual([]);
  });

  it('has each of many on disk when it says done, though it writes them together', async () => {
    const vault = vaultIn();
    const entries = Array.from({ length: 200 }, (_, index) => ({ ...SECRET, appId: `wx${index}` }));
    const inodes = new Set<number>();
    await Promise.all(
      entries.map(async (entry) => {
        expect(await vault.keep(entry, entry.appId)).toEqual(done);
        inodes.add(statSync(file).ino);
        expect(await vaultIn().read(entry)).toEqual(found(entry.appId));
      }),
    );
    expect(inodes.size).toBeLessThan(20);
  });

  it('lets two consoles that begin at the same moment agree on one key', async () => {
    const folders = Array.from({ length: 8 }, (_, index) => join(place.folder, `data-${index}`));
    const kept = await Promise.all(folders.map((folder) => vaultIn(folder).keep(SECRET, folder)));
    expect(kept).toEqual(folders.map(() => done));
    for (const folder of folders) expect(await vaultIn(folder).read(SECRET)).toEqual(found(folder));
  });

  it('takes over what a process that was killed left of its writing', async () => {
    await prepare();
    writeFileSync(`${file}.new`, 'half of a fi', { mode: 0o644 });
    expect(await vaultIn().keep(TOKEN, 'two')).toEqual(done);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await vaultIn().read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    expect(readdirSync(dataDir)).toEqual(['vault.age']);
  });
});

describe("the file vault's key", () => {
  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o620])(
    'is refused when others may touch it (mode %o)',
    async (mode) => {
      await prepare();
      chmodSync(keyFile, mode);
      const vault = vaultIn();
      expect(await vault.read(SECRET)).toEqual(trouble(keyFile));
      expect(await vault.keep(TOKEN, 'two')).toMatchObject({ detail: expect.stringContaining('chmod 600') });
      expect(await vault.probe()).toMatchObject({ kind: 'file', status: 'unavailable' });
      chmodSync(keyFile, 0o600);
      expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    },
  );

  it('is never made anew for a vault whose key is missing', async () => {
    await prepare();
    const before = readFileSync(file);
    renameSync(keyFile, `${keyFile}.away`);
    const vault = vaultIn();
    expect(await vault.read(SECRET)).toEqual(trouble(keyFile));
    expect(await vault.keep(TOKEN, 'two')).toEqual(trouble(keyFile));
    expect(await vault.forget(SECRET)).toEqual(trouble(keyFile));
    expect(await vault.probe()).toMatchObject({ status: 'unavailable' });
    expect(existsSync(keyFile)).toBe(false);
    expect(readFileSync(file)).toEqual(before);
    renameSync(`${keyFile}.away`, keyFile);
    expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
  });

  it('is missed by a write even when the vault was opened with it', async () => {
    const vault = vaultIn();
    await vault.keep(SECRET, 'one');
    const before = readFileSync(file);
    rmSync(keyFile);
    expect(await vault.keep(SECRET, 'changed')).toEqual(trouble(keyFile));
    expect(await vault.read(SECRET)).toEqual(found('one'));
    expect(readFileSync(file)).toEqual(before);
  });

  it('is refused when the file holds none', async () => {
    mkdirSync(join(keyFile, '..'), { recursive: true });
    writeFileSync(keyFile, '# nothing here\n', { mode: 0o600 });
    expect(await vaultIn().keep(SECRET, 'one')).toEqual(trouble(keyFile));
    expect(readFileSync(keyFile, 'utf8')).toBe('# nothing here\n');
  });
});

describe('a file vault that cannot be opened', () => {
  const spoilings: Record<string, () => void> = {
    'random bytes': () => writeFileSync(file, 'not an age file'),
    'a cut file': () => writeFileSync(file, readFileSync(file).subarray(0, -1)),
    'an empty file': () => writeFileSync(file, ''),
    'a flipped byte': () => {
      const bytes = readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
      writeFileSync(file, bytes);
    },
    'something appended': () => appendFileSync(file, 'x'),
  };

  it.each(Object.entries(spoilings))('is named, and neither written nor moved: %s', async (_, spoil) => {
    await prepare();
    const sound = readFileSync(file);
    spoil();
    const spoilt = readFileSync(file);
    const vault = vaultIn();
    expect(await vault.read(SECRET)).toEqual(trouble(file));
    expect(await vault.keep(TOKEN, 'two')).toEqual(trouble(file));
    expect(await vault.forget(SECRET)).toEqual(trouble(file));
    expect(await vault.probe()).toMatchObject({
      status: 'unavailable',
      detail: expect.stringContaining(file),
    });
    expect(readFileSync(file)).toEqual(spoilt);
    expect(readdirSync(dataDir)).toEqual(['vault.age']);
    writeFileSync(file, sound);
    expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    expect(await vault.read(TOKEN)).toEqual(absent);
  });

  it("is named when it is another key's", async () => {
    await prepare();
    rmSync(keyFile);
    await vaultIn(join(place.folder, 'elsewhere')).keep(OTHER, 'other');
    expect(await vaultIn().read(SECRET)).toEqual(trouble(file));
    expect(await vaultIn().keep(TOKEN, 'two')).toEqual(trouble(keyFile));
  });

  it('is named when the data folder is a file', async () => {
    writeFileSync(dataDir, '');
    expect(await vaultIn().keep(SECRET, 'one')).toEqual(trouble(file));
    expect(await vaultIn().probe()).toMatchObject({ status: 'unavailable' });
  });

  it.skipIf(process.platform === 'win32')(
    'is given up after the time limit when the disk hangs',
    async () => {
      await prepare();
      const sound = readFileSync(file);
      rmSync(file);
      execFileSync('mkfifo', [file]); // Opening it waits for a writer, as a dead network disk waits for its server.
      const vault = vaultIn(dataDir, 1000);
      const late = { status: 'unavailable', detail: expect.stringMatching(/within 1 s/) };
      expect(await Promise.all([vault.read(SECRET), vault.probe()])).toMatchObject([
        { detail: late.detail },
        late,
      ]);
      const server = await open(file, 'w');
      await server.writeFile(sound);
      await server.close();
      expect(await vault.probe()).toMatchObject({ status: 'ready' });
      expect(await vault.read(SECRET)).toEqual(found('sandbox-secret-of-shop'));
    },
  );
});

describe('a file vault on a full disk', () => {
  let disk: SmallDisk | string;
  beforeEach(() => {
    disk = smallDisk(256);
  });
  afterEach(() => {
    if (typeof disk !== 'string') disk.remove();
  });

  it('says so, leaves the old file whole and no draft, and goes on when there is room again', async (context) => {
    context.skip(typeof disk === 'string', String(disk));
    if (typeof disk === 'string') return;
    const vault = vaultIn(disk.folder);
    await vault.keep(SECRET, 'one');
    disk.fill();
    const names = readdirSync(disk.folder);
    expect(await vault.keep(SECRET, 'x'.repeat(8192))).toMatchObject({
      result: 'unavailable',
      detail: expect.stringMatching(/full/),
    });
    expect(await vault.probe()).toMatchObject({
      status: 'unavailable',
      detail: expect.stringMatching(/full/),
    });
    expect(await vault.read(SECRET)).toEqual(found('one'));
    expect(await vaultIn(disk.folder).read(SECRET)).toEqual(found('one'));
    expect(readdirSync(disk.folder)).toEqual(names);
    disk.free();
    expect(await vault.keep(SECRET, 'x'.repeat(8192))).toEqual(done);
  });
});
