/** Opens ledger.sqlite: sound, of a version we know, and ours to read alone. */
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LedgerError } from './ledger.ts';
import { LEDGER_VERSION, migrate, versionOf } from './migrations.ts';
import { DamagedError, isDamage } from './sqlite.ts';

const DATABASE_FILE = 'ledger.sqlite';
/** How long another program's lock, such as that of a backup, is waited for; the console stands still meanwhile. */
const BUSY_TIMEOUT_MS = 1000;
/** The tables without which no account can be kept; small enough to be checked at every start. */
const VITAL_TABLES = ['accounts', 'marks', 'settings', 'running'];

export interface Opened {
  readonly file: string;
  readonly db: DatabaseSync;
  /** Where a damaged database was put; null when it was sound. */
  readonly setAside: string | null;
}

/**
 * Opens the folder's database, creating or migrating it; a damaged one is put aside and a new one begun.
 * The caller holds the folder.
 *
 * @throws LedgerError `newer-version`, with the file left as it was; otherwise SQLite's or the file system's error.
 */
export function openDatabase(folder: string, clock: () => number): Opened {
  const file = join(folder, DATABASE_FILE);
  try {
    return { file, db: openSound(file, clock), setAside: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const setAside = putAside(file, clock());
    return { file, db: openSound(file, clock), setAside };
  }
}

function openSound(file: string, clock: () => number): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600)); // SQLite gives its -wal and -shm files the same mode.
  refuseNewer(file);
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // FULL: what was announced is on disk, not only in the system's cache.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    if (versionOf(db) > 0) check(db);
    migrate(db);
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

/**
 * The whole file is read only after an end that was not clean: measured, a million rows take 0.3 s from the
 * cache and as long as the disk needs otherwise, while the vital tables take less than a millisecond.
 */
function check(db: DatabaseSync): void {
  const unclean = db.prepare('SELECT 1 FROM running').get() !== undefined;
  const checks = unclean
    ? ['PRAGMA quick_check(1)']
    : VITAL_TABLES.map((table) => `PRAGMA quick_check(${table})`);
  for (const sql of checks) {
    const verdict = db.prepare(sql).get()?.quick_check;
    if (verdict !== 'ok') throw new DamagedError(String(verdict));
  }
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
