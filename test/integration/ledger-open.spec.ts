import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/open.ts';
import { account, attempt, child, SHOP, temporaryFolder } from '../support/ledger-fixtures.ts';
import { smallDisk } from '../support/ledger-small-disk.ts';

let place: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  place = temporaryFolder();
  file = join(place.folder, 'ledger.sqlite');
});
afterEach(() => place.remove());

const clock = () => Date.UTC(2026, 10, 22, 8, 30, 5, 7);

function refusal(folder = place.folder): LedgerError {
  try {
    openLedger(folder).close();
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
  throw new Error('The folder was opened.');
}

describe('a second console', () => {
  it('is kept out in the same process, and lets nobody else in by trying', async () => {
    const first = openLedger(place.folder);
    expect(refusal()).toMatchObject({ reason: 'held', exitCode: 75 });
    expect(refusal().message).toContain(place.folder);
    // POSIX locks are lost when their process closes the file anywhere: the lock must have survived the try.
    const other = child('ledger-holder.ts', [place.folder]);
    expect(await other.firstLine()).toBe('held');
    first.addAccount(account());
    first.close();
    openLedger(place.folder).close();
  });

  it('is kept out by another process until that one is killed', async () => {
    const holder = child('ledger-holder.ts', [place.folder]);
    expect(await holder.firstLine()).toBe('open');
    expect(refusal()).toMatchObject({ reason: 'held', exitCode: 75 });
    await holder.kill();
    openLedger(place.folder).close();
  });

  it('does not keep other programs from reading', () => {
    const ledger = openLedger(place.folder);
    ledger.addAccount(account());
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('SELECT count(*) AS n FROM accounts').get()).toEqual({ n: 1 });
    reader.close();
    ledger.close();
  });

  it('may take a folder whose lock file was filled with something else', () => {
    writeFileSync(join(place.folder, 'console.lock'), 'x'.repeat(5000));
    const ledger = openLedger(place.folder);
    expect(refusal().reason).toBe('held');
    ledger.close();
  });
});

describe('a folder that cannot be used', () => {
  it.each(['', 'below'])('is named when a file is in its place (%s)', (below) => {
    const blocked = join(place.folder, 'file', below);
    writeFileSync(join(place.folder, 'file'), '');
    expect(refusal(blocked)).toMatchObject({ reason: 'not-writable', exitCode: 73 });
    expect(refusal(blocked).message).toContain(blocked);
  });

  it('is named when the database is a folder, and is let go', () => {
    mkdirSync(file);
    expect(refusal()).toMatchObject({ reason: 'not-writable', exitCode: 73 });
    rmSync(file, { recursive: true });
    openLedger(place.folder).close();
  });

  it('is named when it may only be read', (context) => {
    const disk = smallDisk(1024);
    context.skip(typeof disk === 'string', String(disk));
    if (typeof disk === 'string') return;
    try {
      openLedger(disk.folder).close();
      disk.readOnly();
      expect(refusal(disk.folder)).toMatchObject({ reason: 'not-writable', exitCode: 73 });
    } finally {
      disk.remove();
    }
  });

  it('is named when its mode forbids writing', (context) => {
    context.skip(process.getuid?.() === 0, 'modes do not bind root');
    chmodSync(place.folder, 0o500);
    expect(refusal()).toMatchObject({ reason: 'not-writable', exitCode: 73 });
    chmodSync(place.folder, 0o700);
  });
});

describe('a folder that others can write to', () => {
  it.each([0o777, 0o775, 0o702])('is refused, with the command that mends it (mode %o)', (mode) => {
    openLedger(place.folder).close();
    chmodSync(place.folder, mode);
    const { reason, exitCode, message } = refusal();
    expect({ reason, exitCode }).toEqual({ reason: 'open-to-others', exitCode: 73 });
    expect(message).toContain(`chmod go-w '${place.folder}'`);
    chmodSync(place.folder, 0o755);
    openLedger(place.folder).close();
  });

  it('is refused for one file in it, too', () => {
    openLedger(place.folder).close();
    chmodSync(file, 0o666);
    expect(refusal().message).toContain(`chmod go-w '${file}'`);
  });

  it('is not what a service’s own folder is for root, who looks into it', (context) => {
    context.skip(process.getuid?.() !== 0, 'needs root to give a folder away');
    chownSync(place.folder, 65534, 65534);
    openLedger(place.folder).close();
  });
});

it('a place where no folder can be made ends at once', () => {
  const began = performance.now();
  expect(refusal('/proc/wtc/below')).toMatchObject({ reason: 'not-writable', exitCode: 73 });
  expect(performance.now() - began).toBeLessThan(1000);
});

describe('a database of an older console', () => {
  it('is brought up to date, with each account checked every five minutes', () => {
    const first = openLedger(place.folder);
    first.addAccount(account({ checkMinutes: 15 }));
    first.close();
    const older = new DatabaseSync(file);
    older.exec('ALTER TABLE accounts DROP COLUMN check_minutes; DROP TABLE clients; PRAGMA user_version = 1');
    older.close();
    rmSync(join(place.folder, 'ledger.copy')); // an older console made none
    const upToDate = openLedger(place.folder);
    expect(upToDate.mended).toBeNull();
    expect(upToDate.accounts()).toEqual([account({ checkMinutes: 5 })]);
    upToDate.updateAccount(account({ checkMinutes: 0 }));
    expect(upToDate.accounts()[0]?.checkMinutes).toBe(0);
    expect(upToDate.clients()).toEqual([]);
    upToDate.close();
  });
});

describe('a database of a newer console', () => {
  it('is refused and left byte for byte as it was, its WAL too', async () => {
    await child('ledger-newer.ts', [place.folder]).ended;
    const bytes = () => [file, `${file}-wal`].map((name) => readFileSync(name));
    const before = bytes();
    expect(before[1]?.length).toBeGreaterThan(0);
    expect(refusal()).toMatchObject({ reason: 'newer-version', exitCode: 78 });
    expect(refusal().message).toContain('99');
    expect(bytes()).toEqual(before);
  });
});

describe('a damaged database', () => {
  const aside = 'ledger.sqlite.corrupt-20261122T083005007Z';

  /** A closed database with enough in it that every table has pages of its own. */
  function prepare(): void {
    const ledger = openLedger(place.folder);
    ledger.addAccount(account());
    for (let index = 0; index < 300; index += 1) ledger.record(attempt({ rid: `rid-${index}` }));
    ledger.close();
  }

  /** Overwrites a page that `table` begins with. */
  function damage(table: string): void {
    const db = new DatabaseSync(file, { readOnly: true });
    const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
    const { page_size: size } = db.prepare('PRAGMA page_size').get() as { page_size: number };
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, (Number(page?.rootpage) - 1) * size, Number(page?.rootpage) * size);
    writeFileSync(file, bytes);
  }

  const damages: Record<string, () => void> = {
    'random bytes': () =>
      writeFileSync(file, Buffer.from(Array.from({ length: 9000 }, (_, index) => (index * 7919) % 251))),
    'a file cut in the middle of a page': () => writeFileSync(file, readFileSync(file).subarray(0, 10_000)),
    'a file cut between pages': () => writeFileSync(file, readFileSync(file).subarray(0, 8192)),
    'a file cut in its header': () => writeFileSync(file, readFileSync(file).subarray(0, 50)),
    'an overwritten page of accounts': () => damage('accounts'),
    'an overwritten page of marks': () => damage('marks'),
    'an overwritten schema': () => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xff, 100, 4096));
    },
  };

  it.each(Object.entries(damages))('is put aside whole, and a new one has what was kept: %s', (_, spoil) => {
    prepare();
    spoil();
    const spoilt = readFileSync(file);
    const ledger = openLedger(place.folder, { clock });
    expect(ledger.mended).toEqual({ what: 'set-aside', file: join(place.folder, aside) });
    expect(readFileSync(join(place.folder, aside))).toEqual(spoilt);
    expect(ledger.accounts()).toEqual([account()]);
    ledger.close();
    const again = openLedger(place.folder, { clock });
    expect(again.mended).toEqual({ what: 'set-aside', file: join(place.folder, aside) });
    again.takeNote();
    expect(again.accounts()).toEqual([account()]);
    again.close();
    const noted = openLedger(place.folder, { clock });
    expect(noted.mended).toBeNull();
    noted.close();
  });

  it('is met in use when only the history is hit, and put aside at the next start', () => {
    prepare();
    damage('history');
    const ledger = openLedger(place.folder, { clock });
    expect(ledger.mended).toBeNull();
    expect(ledger.accounts()).toEqual([account()]);
    expect(() => ledger.history({ limit: 10 })).toThrow(file);
    ledger.close();
    const next = openLedger(place.folder, { clock });
    expect(next.mended).toEqual({ what: 'set-aside', file: join(place.folder, aside) });
    next.close();
  });

  it('is put aside at once after an end that was not clean, when only the history is hit', async () => {
    prepare();
    const writer = child('ledger-writer.ts', [place.folder]);
    await writer.firstLine();
    await writer.kill();
    const other = new DatabaseSync(file); // the last to close it: folds the WAL in
    other.exec('PRAGMA user_version');
    other.close();
    damage('history_by_account');
    const ledger = openLedger(place.folder, { clock });
    expect(ledger.mended).toEqual({ what: 'set-aside', file: join(place.folder, aside) });
    ledger.close();
  });

  it('never takes the name of one that was put aside before', () => {
    for (const name of [aside, `${aside}-2`, `${aside}-3`]) {
      writeFileSync(file, 'not a database, and long enough to be looked at as one'.repeat(100));
      const ledger = openLedger(place.folder, { clock });
      expect(ledger.mended).toEqual({ what: 'set-aside', file: join(place.folder, name) });
      ledger.close();
    }
    expect(readdirSync(place.folder).filter((name) => name.includes('corrupt'))).toHaveLength(3);
  });

  it('takes its WAL along', () => {
    writeFileSync(file, 'not a database, and long enough to be looked at as one'.repeat(100));
    writeFileSync(`${file}-wal`, 'what was not folded in');
    openLedger(place.folder, { clock }).close();
    expect(readFileSync(join(place.folder, `${aside}-wal`), 'utf8')).toBe('what was not folded in');
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('is not seen in an empty file, which is how a database begins', () => {
    writeFileSync(file, '');
    const ledger = openLedger(place.folder);
    expect(ledger.mended).toBeNull();
    expect(ledger.kept(SHOP).standing).toBeNull();
    ledger.close();
  });
});
