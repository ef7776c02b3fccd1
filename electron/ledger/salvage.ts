/**
 * What can still be read of a damaged database, table by table, put into a new one; what cannot be read of the small
 * tables comes from their copy.
 */
import { DatabaseSync } from 'node:sqlite';
import {
  changesIn,
  insertRows,
  keyOf,
  type Row,
  SMALL_TABLE_NAMES,
  SMALL_TABLES,
  type SmallTable,
  type SmallTables,
} from './small-tables.ts';
import { DamagedError, inTransaction } from './sqlite.ts';

interface Read {
  readonly rows: readonly Row[];
  /** Whether the whole table could be read. */
  readonly isWhole: boolean;
}

const UNREAD: Read = { rows: [], isWhole: false };
/** How many ids are left out at first where rows cannot be read; twice as many each time that is not enough. */
const FIRST_STEP = 1;

/** From the first row to the last, past those that cannot be read. No index is used: it may be what is damaged. */
function readByRowid(db: DatabaseSync, table: string): Read {
  const rows: Row[] = [];
  const after = db.prepare(
    `SELECT rowid AS rowid_, * FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid`,
  );
  let last = -1;
  let step = FIRST_STEP;
  let isWhole = true;
  while (last < Number.MAX_SAFE_INTEGER / 4) {
    try {
      for (const { rowid_: rowid, ...row } of after.iterate(last) as Iterable<Row>) {
        // Pages that point at each other would give the same rows for ever.
        if (Number(rowid) <= last) throw new DamagedError('the rows are in no order');
        rows.push(row);
        last = Number(rowid);
        step = FIRST_STEP;
      }
      return { rows, isWhole };
    } catch {
      isWhole = false;
      last += step;
      step *= 2;
    }
  }
  return { rows, isWhole };
}

/** A table without row ids: from its first key as far as it goes, and from its last. */
function readByKey(db: DatabaseSync, table: SmallTable): Read {
  const found = new Map<string, Row>();
  let isWhole = true;
  for (const direction of ['ASC', 'DESC']) {
    const order = SMALL_TABLES[table].map((column) => `${column} ${direction}`).join(', ');
    try {
      const seen = new Set<string>();
      for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).iterate() as Iterable<Row>) {
        const key = keyOf(table, row);
        if (seen.has(key)) throw new DamagedError('a row comes twice');
        seen.add(key);
        found.set(key, { ...row });
      }
    } catch {
      isWhole = false;
    }
  }
  return { rows: [...found.values()], isWhole };
}

function read(db: DatabaseSync, table: string, how: (db: DatabaseSync, table: never) => Read): Read {
  try {
    return how(db, table as never);
  } catch {
    return UNREAD; // the table itself is not there any more
  }
}

function openDamaged(file: string): DatabaseSync | null {
  // Read only first: closing any other connection folds the WAL in, and what was put aside is to stay as it was.
  for (const readOnly of [true, false]) {
    try {
      const db = new DatabaseSync(file, { readOnly });
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      return db;
    } catch {
      // not even its schema can be read this way
    }
  }
  return null;
}

/**
 * What the rows found of a small table and their copy come to. A copy as new as they are is right, for it has a
 * checksum. An older one fills what could not be read: what was taken out since comes back rather than that anything
 * is lost.
 */
function reconciled(
  table: SmallTable,
  found: Read,
  isCopyBetter: boolean,
  copy: SmallTables | null,
): readonly Row[] {
  if (copy === null) return found.rows;
  if (isCopyBetter) return copy[table];
  if (found.isWhole) return found.rows;
  const known = new Set(found.rows.map((row) => keyOf(table, row)));
  return [...found.rows, ...copy[table].filter((row) => !known.has(keyOf(table, row)))];
}

/** Fills the new, empty database `db` with what the damaged one in `file` and the copy have. */
export function salvage(db: DatabaseSync, file: string, copy: SmallTables | null): void {
  const damaged = openDamaged(file);
  const from = (table: string, how: (db: DatabaseSync, table: never) => Read) =>
    damaged === null ? UNREAD : read(damaged, table, how);
  const small = {
    accounts: from('accounts', readByRowid),
    clients: from('clients', readByKey),
    settings: from('settings', readByKey),
    marks: from('marks', readByKey),
  };
  const history = from('history', readByRowid);
  damaged?.close();
  const isCopyBetter = copy !== null && changesIn(copy) >= changesIn({ settings: small.settings.rows });
  inTransaction(db, () => {
    for (const table of SMALL_TABLE_NAMES)
      insertRows(db, table, reconciled(table, small[table], isCopyBetter, copy));
    keepStandings(db, small.accounts.rows);
    insertRows(db, 'history', history.rows);
    noteDays(db);
  });
}

/** Which ids belong to which day, from the rows themselves. */
export function noteDays(db: DatabaseSync): void {
  db.exec(`DELETE FROM history_days;
    INSERT INTO history_days (day, first_id, last_id)
    SELECT CAST(floor(at / 86400000.0) AS INTEGER) AS day, min(id), max(id) FROM history GROUP BY day`);
}

/** Puts the rows of a newer copy in place of those of a database that has lost its last changes. */
export function restore(db: DatabaseSync, copy: SmallTables): void {
  inTransaction(db, () => {
    const before = db.prepare('SELECT app_id, standing, asking_since FROM accounts').all() as Row[];
    for (const table of SMALL_TABLE_NAMES) {
      db.exec(`DELETE FROM ${table}`);
      insertRows(db, table, copy[table]);
    }
    keepStandings(db, before);
  });
}

/** How each account stands is in no copy that is up to date: it changes with each call. */
function keepStandings(db: DatabaseSync, rows: readonly Row[]): void {
  const set = db.prepare('UPDATE accounts SET standing = ?, asking_since = ? WHERE app_id = ?');
  for (const { app_id = null, standing = null, asking_since = null } of rows) {
    if (typeof standing !== 'number' && typeof asking_since !== 'string')
      set.run(standing, asking_since, app_id);
  }
}
