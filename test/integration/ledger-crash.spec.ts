import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../electron/ledger/open.ts';
import { attempt, child, SHOP, temporaryFolder } from '../support/ledger-fixtures.ts';
import { type SmallDisk, smallDisk } from '../support/ledger-small-disk.ts';

describe('a ledger whose process is killed', () => {
  const place = temporaryFolder();
  afterEach(place.remove);

  it('holds every attempt that was announced, 25 times over', { timeout: 60_000 }, async () => {
    let recorded = 0;
    for (let round = 0; round < 25; round += 1) {
      const writer = child('ledger-writer.ts', [place.folder]);
      await writer.firstLine();
      // The moment is what the test is about: any will do, so it is left to chance.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      await writer.kill();
      const announced = writer.lines.map((line) => line.split(' ').map(Number));

      const ledger = openLedger(place.folder);
      expect(ledger.mended).toBeNull();
      const { rows } = ledger.history({ limit: 100_000 });
      const found = new Map(rows.map((row) => [row.id, row.expiresIn]));
      expect(announced.filter(([id, number]) => found.get(id ?? 0) !== number)).toEqual([]);
      // The standing belongs to the newest row, announced or not: both were written, or neither.
      expect(ledger.kept(SHOP).standing).toBe(String(rows[0]?.expiresIn));
      expect(rows.length).toBeGreaterThanOrEqual(recorded + announced.length);
      expect(rows.map(({ id }) => id)).toEqual(rows.map((_, index) => rows.length - index));
      recorded = rows.length;
      ledger.close();
    }
  });
});

describe('a ledger on a full disk', () => {
  let disk: SmallDisk | string;
  beforeEach(() => {
    disk = smallDisk(1024);
  });
  afterEach(() => {
    if (typeof disk !== 'string') disk.remove();
  });

  it('says so, writes nothing in half, and goes on when there is room again', (context) => {
    context.skip(typeof disk === 'string', String(disk));
    if (typeof disk === 'string') return;
    let ledger = openLedger(disk.folder);
    disk.fill();
    let recorded = 0;
    const write = () => {
      // What SQLite holds already may take a few rows more.
      for (; recorded < 10_000; recorded += 1) ledger.record(attempt(), String(recorded));
    };
    expect(write).toThrow(/ledger\.sqlite failed: .*full/);
    expect(ledger.history({ limit: 500 }).rows).toHaveLength(recorded);
    ledger.close();

    disk.free();
    ledger = openLedger(disk.folder);
    expect(ledger.mended).toBeNull();
    expect(ledger.history({ limit: 500 }).rows).toHaveLength(recorded);
    ledger.record(attempt());
    expect(ledger.history({ limit: 500 }).rows).toHaveLength(recorded + 1);
    ledger.close();
  });
});
