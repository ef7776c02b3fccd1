/** What the rest of the ledger needs to know about SQLite: its errors, and a transaction. */
import type { DatabaseSync } from 'node:sqlite';

// Primary result codes, https://www.sqlite.org/rescode.html; an extended code carries its primary one in the low byte.
const BUSY = 5;
/** Our statements are right for our tables: one that is not is for tables that are no longer ours. */
const ERROR = 1;
const CORRUPT = 11;
const NOTADB = 26;

/** A database that opens but does not pass SQLite's own check. */
export class DamagedError extends Error {}

/** SQLite's primary result code, or null when `error` does not come from SQLite. */
function resultCode(error: unknown): number | null {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : null;
}

/** Somebody else holds a lock on the file. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** The file is not, or no longer, a sound database. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedError || [ERROR, CORRUPT, NOTADB].includes(resultCode(error) ?? 0);
}

/** SQLite or the file system refused: neither a bug nor a wrong argument. */
export function isStorageFailure(error: unknown): error is Error {
  return error instanceof Error && (resultCode(error) !== null || 'syscall' in error);
}

/** Runs `work` as one transaction: when this returns all of it is on disk, when it throws none of it is. */
export function inTransaction<Value>(db: DatabaseSync, work: () => Value): Value {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    // After a full disk SQLite may have rolled back by itself (https://www.sqlite.org/lang_transaction.html).
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
