/** Token files against what machines do: a process killed while it writes, a disk that is full or read-only. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandedToken } from '../../electron/console/handout.ts';
import { createTokenFiles } from '../../electron/handout/token-file.ts';
import { child, SHOP, temporaryFolder } from '../support/ledger-fixtures.ts';
import { type SmallDisk, smallDisk } from '../support/ledger-small-disk.ts';
import { fakeMemory, NOTHING_RESERVED } from '../support/token-file-memory.ts';

const silent = { info() {}, warn() {}, error() {} };
const token = (accessToken: string): HandedToken => ({
  ...{ accessToken, obtainedAt: Date.now(), expiresAt: Date.now() + 7_200_000, line: 'stable' },
  ...{ endsAt: Date.now() + 7_200_000, fingerprint: '00000000' },
});
const open = (retryMs = 50, memory = fakeMemory()) =>
  createTokenFiles({ log: silent, changed: () => undefined, retryMs, memory, reserved: NOTHING_RESERVED });

describe('a console that is killed while it writes', () => {
  const place = temporaryFolder();
  afterEach(place.remove);
  const path = join(place.folder, 'token');

  it('leaves a whole file, and what it left beside it goes', { timeout: 60_000 }, async () => {
    let reads = 0;
    for (let round = 0; round < 12; round += 1) {
      const writer = child('token-file-writer.ts', [path, round % 2 ? 'bare' : 'json']);
      await writer.firstLine();
      // Any moment will do, so it is left to chance; the reader looks as often as it can until then.
      const end = performance.now() + Math.random() * 120;
      do {
        const text = readFileSync(path, 'utf8');
        const found = text.startsWith('{') ? JSON.parse(text).access_token : text;
        expect(found).toHaveLength(8000);
        reads += 1;
        await new Promise(setImmediate);
      } while (performance.now() < end);
      await writer.kill();
      const text = readFileSync(path, 'utf8');
      expect((text.startsWith('{') ? JSON.parse(text).access_token : text).length).toBe(8000);
    }
    expect(reads).toBeGreaterThan(100);
    for (const name of readdirSync(place.folder)) utimesSync(join(place.folder, name), 0, 0);
    const memory = fakeMemory();
    memory.note(SHOP, { path, hashes: [createHash('sha256').update(readFileSync(path)).digest('hex')] });
    const files = open(50, memory);
    await files.set(SHOP, { path, format: 'bare' });
    await files.publish(SHOP, token('token-of-a-test'));
    expect(readdirSync(place.folder)).toEqual(['token']);
    await files.close();
  });
});

describe('a disk that takes nothing', () => {
  let disk: SmallDisk | string;
  beforeEach(() => {
    disk = smallDisk(64);
  });
  afterEach(() => {
    if (typeof disk !== 'string') disk.remove();
  });

  it('full: the old token stays whole, the new one comes when there is room', async (context) => {
    context.skip(typeof disk === 'string', String(disk));
    if (typeof disk === 'string') return;
    const path = join(disk.folder, 'token');
    const files = open();
    await files.set(SHOP, { path, format: 'bare' });
    await files.publish(SHOP, token('the-old-one'));
    disk.fill();
    await files.publish(SHOP, token('the-new-one'));
    expect(files.state(SHOP)).toMatchObject({ state: 'failing', detail: 'The disk is full.' });
    expect(readFileSync(path, 'utf8')).toBe('the-old-one');
    expect(readdirSync(disk.folder).sort()).toEqual(['ballast', 'token']);
    disk.free();
    await expect.poll(() => readFileSync(path, 'utf8')).toBe('the-new-one');
    await expect.poll(() => files.state(SHOP)?.state).toBe('written');
    await files.close();
  });

  it('read-only: says so, also of what it cannot remove', async (context) => {
    context.skip(typeof disk === 'string', String(disk));
    if (typeof disk === 'string') return;
    const path = join(disk.folder, 'token');
    const files = open(10_000);
    await files.set(SHOP, { path, format: 'bare' });
    await files.publish(SHOP, token('the-old-one'));
    disk.readOnly();
    await files.publish(SHOP, token('the-new-one'));
    expect(files.state(SHOP)).toMatchObject({ state: 'failing', detail: 'The disk is read-only.' });
    await files.publish(SHOP, null);
    expect(files.state(SHOP)).toMatchObject({ state: 'failing', detail: 'The disk is read-only.' });
    await wait(20);
    await files.close();
  });
});
