/** When what was written is on disk: one wait for all, a failure that is told, and a WAL that does not grow. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ledger, LedgerBusy, LedgerFault } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { attempt, child, temporaryFolder } from '../support/ledger-fixtures.ts';

const disk = vi.hoisted(() => ({ syncs: 0, error: null as Error | null, hangs: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    fdatasync(fd: number, done: (error: Error | null) => void) {
      disk.syncs += 1;
      if (disk.hangs) return;
      if (disk.error) setImmediate(done, disk.error);
      else fs.fdatasync(fd, done);
    },
  };
});

const place = temporaryFolder();
let ledger: Ledger;
beforeEach(() => {
  Object.assign(disk, { syncs: 0, error: null, hangs: false });
  ledger = openLedger(place.folder);
});
afterEach(() => {
  ledger.close();
  place.remove();
});

describe('waiting for the disk', () => {
  it('is done once for all who wait, and not at all where nothing was written', async () => {
    await ledger.durable();
    const before = disk.syncs;
    const waits = Array.from({ length: 100 }, () => {
      ledger.record(attempt());
      return ledger.durable();
    });
    await Promise.all(waits);
    expect(disk.syncs - before).toBeLessThanOrEqual(2); // those who came while one was under way wait for the next
    await ledger.durable();
    expect(disk.syncs - before).toBeLessThanOrEqual(2);
  });

  it('ends with the system’s reason when the disk fails, and well when it is right again', async () => {
    ledger.record(attempt());
    disk.error = new Error('EIO: i/o error, fdatasync');
    await expect(ledger.durable()).rejects.toThrow(LedgerFault);
    await expect(ledger.durable()).rejects.toThrow(/ledger\.sqlite failed: EIO/);
    disk.error = null;
    await ledger.durable();
    expect(ledger.history({ limit: 9 }).rows).toHaveLength(1);
  });

  it('ends after 10 s when the disk never answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      ledger.record(attempt());
      disk.hangs = true;
      const waiting = expect(ledger.durable()).rejects.toThrow(/does not answer/);
      await vi.advanceTimersByTimeAsync(10_000);
      await waiting;
    } finally {
      vi.useRealTimers();
    }
  });
});

it('the WAL is folded into the database beside everything else, and begins anew', async () => {
  const wal = () => statSync(join(place.folder, 'ledger.sqlite-wal')).size;
  const sizes: number[] = [];
  for (let n = 0; n < 2000; n += 1) {
    ledger.record(attempt());
    await ledger.durable();
    if (n % 250 === 249) await new Promise((folded) => setTimeout(folded, 150));
    if (n >= 1000) sizes.push(wal());
  }
  expect(Math.max(...sizes)).toBeLessThan(6_000_000); // 2,000 transactions of some pages each are several times that
  expect(ledger.history({ limit: 500 }).rows).toHaveLength(500);
});

it('a lock of another program is told at once for what is written all day, and waited for by a person’s change', async () => {
  const other = child('ledger-locker.ts', [place.folder, '400']);
  await other.firstLine();
  const asked = performance.now();
  expect(() => ledger.record(attempt())).toThrow(LedgerBusy);
  expect(performance.now() - asked).toBeLessThan(50);
  ledger.setSetting('language', '"zh"');
  expect(ledger.setting('language')).toBe('"zh"');
  await other.kill();
});
