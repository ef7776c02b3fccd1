/** Opens ledger.sqlite: sound, of a version we know, and ours to read alone. */
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readCopy } from './copy.ts';
import { LedgerError, type Mended } from './ledger.ts';
import { LEDGER_VERSION, migrate, schemaOf, versionOf, wholeSchema } from './migrations.ts';
import { restore, salvage } from './salvage.ts';
import {
  changesIn,
  countChange,
  readSmallTables,
  SMALL_TABLE_NAMES,
  type SmallTables,
  saysTheSame,
} from './small-tables.ts';
import { DamagedError, inTransaction, isDamage } from './sqlite.ts';

const DATABASE_FILE = 'ledger.sqlite';
/** How long another program's lock is waited for at the start; the console stands still meanwhile. */
const BUSY_TIMEOUT_MS = 1000;
/** The tables without which no account can be kept; small enough to be checked at every start. */
const VITAL_TABLES = [...SMALL_TABLE_NAMES, 'running'];
/** The setting that tells what happened to the database, until somebody has taken note of it. */
const MENDED = 'mended';

export interface Opened {
  readonly file: string;
  readonly db: DatabaseSync;
}

/**
 * Opens the folder's database, creating or migrating it. Of a damaged one the indexes are made anew where only they
 * are; else it is put aside, and what can be read of it taken into a new one. The caller holds the folder.
 *
 * @throws LedgerError `newer-version`, with the file left as it was; otherwise SQLite's or the file system's error.
 */
export function openDatabase(folder: string, clock: () => number): Opened {
  const file = join(folder, DATABASE_FILE);
  const copy = readCopy(folder);
  try {
    const db = openSound(file, clock);
    if (copy !== null && isBetter(copy, readSmallTables(db))) {
      restore(db, copy);
      noteMended(db, { what: 'restored' });
    }
    return { file, db };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = putAside(file, clock());
    const db = openSound(file, clock);
    salvage(db, aside, copy);
    noteMended(db, { what: 'set-aside', file: aside });
    return { file, db };
  }
}

/**
 * Whether the copy is to be believed: it is newer, or as old and says something else. SQLite has no checksums: a bit
 * that fell over in a row is read as it is; the copy has one.
 */
function isBetter(copy: SmallTables, tables: SmallTables): boolean {
  const ahead = changesIn(copy) - changesIn(tables);
  return ahead > 0 || (ahead === 0 && !saysTheSame(copy, tables));
}

function noteMended(db: DatabaseSync, mended: Mended): void {
  inTransaction(db, () => {
    db.prepare(`INSERT INTO settings VALUES ('${MENDED}', ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`).run(JSON.stringify(mended));
    countChange(db);
  });
}

/** What became of the database, at this start or an earlier one; null when nothing did or somebody has taken note. */
export function mendedIn(db: DatabaseSync): Mended | null {
  const row = db.prepare(`SELECT value FROM settings WHERE key = '${MENDED}'`).get();
  return row === undefined ? null : (JSON.parse(String(row.value)) as Mended);
}

export function takeNoteOfMended(db: DatabaseSync): void {
  inTransaction(db, () => {
    db.exec(`DELETE FROM settings WHERE key = '${MENDED}'`);
    countChange(db);
  });
}

function openSound(file: string, clock: () => number): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600)); // SQLite gives its -wal and -shm files the same mode.
  refuseNewer(file);
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // NORMAL, and no checkpoint by itself: durability.ts sees to it that what was announced is on disk.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
    if (versionOf(db) > 0) checkOrReindex(db);
    migrate(db);
    if (schemaOf(db) !== wholeSchema()) throw new DamagedError('its tables are not those of this console');
    db.prepare('INSERT INTO running (since) VALUES (?)').run(clock());
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Looks at the version through a connection that cannot write: closing any other would fold in the WAL. */
function refuseNewer(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const version = versionOf(db);
    if (version <= LEDGER_VERSION) return;
    throw new LedgerError(
      'newer-version',
      `${file} was written by a newer console (version ${version}, this one knows ${LEDGER_VERSION}). ` +
        'Start that console, or choose another data folder. Nothing was changed.',
    );
  } finally {
    db.close();
  }
}

/** Where only indexes are damaged nothing is lost: they are made anew. Throws DamagedError for anything else. */
function checkOrReindex(db: DatabaseSync): void {
  try {
    check(db);
  } catch (error) {
    if (!isDamage(error)) throw error;
    try {
      db.exec('REINDEX');
    } catch (cause) {
      throw new DamagedError('its indexes cannot be made anew', { cause }); // rows that contradict each other, say
    }
    check(db, true);
  }
}

/**
 * The whole file is read only after an end that was not clean: measured, a million rows take 0.3 s from the
 * cache and as long as the disk needs otherwise, while the vital tables take less than a millisecond.
 */
function check(db: DatabaseSync, whole = false): void {
  const unclean = whole || db.prepare('SELECT 1 FROM running').get() !== undefined;
  const checks = unclean
    ? ['PRAGMA quick_check(1)']
    : tablesIn(db, VITAL_TABLES).map((table) => `PRAGMA quick_check(${table})`);
  for (const sql of checks) {
    const verdict = db.prepare(sql).get()?.quick_check;
    if (verdict !== 'ok') throw new DamagedError(String(verdict));
  }
}

/** Those of `names` that are there; an older database lacks some. */
function tablesIn(db: DatabaseSync, names: readonly string[]): readonly string[] {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return names.filter((wanted) => tables.some(({ name }) => name === wanted));
}

/** Renames the database with what belongs to it, to names that are free; returns the database's. */
function putAside(file: string, now: number): string {
  const base = `${file}.corrupt-${new Date(now).toISOString().replace(/[-:.]/g, '')}`;
  let aside = base;
  for (let copy = 2; existsSync(aside); copy += 1) aside = `${base}-${copy}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
