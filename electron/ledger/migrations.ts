/** The ledger's tables, as the steps that lead to them. A step that was released is never changed. */
import { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './sqlite.ts';

const STEPS: readonly string[] = [
  `
  CREATE TABLE accounts (
    app_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    api_base TEXT NOT NULL,
    lead_seconds INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    standing TEXT,
    asking_since INTEGER
  ) STRICT;

  -- No reference to accounts: the history outlives them. AUTOINCREMENT, so that no id is ever given twice.
  CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    app_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    trigger TEXT NOT NULL,
    actor TEXT NOT NULL,
    line TEXT NOT NULL,
    outcome TEXT NOT NULL,
    errcode INTEGER,
    errmsg TEXT,
    rid TEXT,
    ip TEXT,
    expires_in INTEGER,
    fingerprint TEXT,
    duration_ms REAL NOT NULL
  ) STRICT;

  -- Each index keeps the order by id and carries the other filters, so that a page never visits a row in vain.
  -- What nearly every row has (granted, schedule, no errcode) needs none.
  CREATE INDEX history_by_account ON history (app_id, id, outcome, trigger, errcode);
  CREATE INDEX history_by_errcode ON history (errcode, id, app_id, outcome, trigger) WHERE errcode IS NOT NULL;
  CREATE INDEX history_by_outcome ON history (outcome, id, app_id, trigger, errcode) WHERE outcome <> 'granted';
  CREATE INDEX history_by_trigger ON history (trigger, id, app_id, outcome, errcode) WHERE trigger <> 'schedule';

  -- Between which ids the rows of a UTC day lie. Right even when the clock was set back, where ids and times
  -- do not run in step; turns a span of time into a span of ids without an index over every row.
  CREATE TABLE history_days (
    day INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
  ) STRICT;

  -- No reference to accounts: an entry may be kept before its account is added.
  CREATE TABLE marks (
    app_id TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (app_id, part)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- A row here: a console has this file open, ended without closing it, or met damage in it.
  CREATE TABLE running (since INTEGER NOT NULL) STRICT;
  `,
  `
  ALTER TABLE accounts ADD COLUMN check_minutes INTEGER NOT NULL DEFAULT 5;
  `,
  `
  -- app_ids: a JSON list; NULL for every account, those added later too.
  CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    app_ids TEXT,
    key_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
  ) STRICT, WITHOUT ROWID;
  `,
];

/** The version this console writes. */
export const LEDGER_VERSION = STEPS.length;

/** The version the database was left at; 0 for a new one. */
export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

/** Tables and indexes as they were made. */
export function schemaOf(db: DatabaseSync): string {
  const made = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .all();
  return JSON.stringify(made);
}

/** The schema of `LEDGER_VERSION`. */
export function wholeSchema(): string {
  const db = new DatabaseSync(':memory:');
  try {
    migrate(db);
    return schemaOf(db);
  } finally {
    db.close();
  }
}

/** Brings the database to `LEDGER_VERSION`, each step in a transaction of its own. */
export function migrate(db: DatabaseSync): void {
  for (const [version, step] of STEPS.entries()) {
    if (version < versionOf(db)) continue;
    inTransaction(db, () => db.exec(`${step}; PRAGMA user_version = ${version + 1}`));
  }
}
