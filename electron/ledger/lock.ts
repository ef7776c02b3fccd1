/** One console per data folder. */
import { chmodSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LedgerError } from './ledger.ts';
import { isBusy, isDamage } from './sqlite.ts';

const LOCK_FILE = 'console.lock';

/**
 * Holds `folder` for this process until the returned function is called.
 *
 * The lock is SQLite's own on a database of its own that stays empty: the operating system drops it when the
 * process dies, however it dies, and ledger.sqlite stays readable for other tools. SQLite also keeps two
 * holders in one process apart, which POSIX locks alone do not (https://www.sqlite.org/lockingv3.html).
 *
 * @throws LedgerError `held` when another console has it; SQLite's error when the file cannot be opened.
 */
export function holdFolder(folder: string): () => void {
  const file = join(folder, LOCK_FILE);
  try {
    return hold(file);
  } catch (error) {
    if (isBusy(error)) {
      throw new LedgerError(
        'held',
        `Another console holds the data folder ${folder}. Close it, or start this one with another data folder.`,
      );
    }
    if (!isDamage(error)) throw error;
    // Nobody holds it, or it would have been busy: whatever is in it does not belong there.
    truncateSync(file);
    return hold(file);
  }
}

function hold(file: string): () => void {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return () => db.close();
}
