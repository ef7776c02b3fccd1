/** Opens the ledger of a data folder. */
import type { Trigger } from '../console/contract.ts';
import { accountTable, markTable } from './accounts.ts';
import { clientTable } from './clients.ts';
import { keepCopy } from './copy.ts';
import { mendedIn, type Opened, openDatabase, takeNoteOfMended } from './database.ts';
import { createDurability } from './durability.ts';
import { prepareFolder } from './folder.ts';
import { historyTable } from './history.ts';
import { type Ledger, LedgerBusy, LedgerError, LedgerFault } from './ledger.ts';
import { holdFolder } from './lock.ts';
import { watchPlace } from './place.ts';
import { countChange, readSmallTables } from './small-tables.ts';
import { inTransaction, isBusy, isDamage, isStorageFailure } from './sqlite.ts';

/** Rows that tell of a token that was used: they end no call for a new one. */
const USES: ReadonlySet<Trigger> = new Set(['reveal', 'copy', 'verify']);

/** How long a person's change waits for another program's lock; the console stands still meanwhile. */
const PATIENCE_MS = 1000;

export interface LedgerOptions {
  /** Milliseconds since the epoch; names a database that is put aside. */
  readonly clock?: () => number;
}

/**
 * Opens the ledger in `dataDir`, which is made with mode 0700 where it is missing, and holds the folder until
 * `close`. What became of a database that a disk spoilt is in `mended`.
 *
 * @throws LedgerError `held`, `open-to-others`, `newer-version` (nothing was changed) or `not-writable`.
 */
export function openLedger(dataDir: string, { clock = Date.now }: LedgerOptions = {}): Ledger {
  try {
    prepareFolder(dataDir);
    const release = holdFolder(dataDir);
    try {
      return ledgerOf(dataDir, openDatabase(dataDir, clock), release);
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    throw explained(error, dataDir);
  }
}

function explained(error: unknown, dataDir: string): unknown {
  if (!isStorageFailure(error)) return error;
  return isBusy(error)
    ? new LedgerError(
        'held',
        `Another program has locked the ledger in ${dataDir}. Close it and start again.`,
      )
    : new LedgerError('not-writable', `The data folder ${dataDir} cannot be used: ${error.message}.`);
}

function ledgerOf(folder: string, { file, db }: Opened, release: () => void): Ledger {
  const watch = watchPlace(folder, file);
  const copy = keepCopy(folder, () => (watch.isOurs() ? readSmallTables(db) : null));
  copy.changed();
  let mended = mendedIn(db);
  const accounts = accountTable(db);
  const history = historyTable(db);
  const marks = markTable(db);
  const clients = clientTable(db);
  const settings = {
    get: db.prepare('SELECT value FROM settings WHERE key = ?'),
    keys: db.prepare('SELECT key FROM settings WHERE substr(key, 1, length(:prefix)) = :prefix'),
    set: db.prepare(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
  };
  const durability = createDurability(file, () => db.exec('PRAGMA wal_checkpoint(PASSIVE)'));
  durability.wrote(); // that this console runs, and what opening has mended
  let sound = true;

  /** Names the file in what SQLite says, and remembers damage so that the next start looks at every page. */
  function doing<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) sound = false;
      if (!isStorageFailure(error)) throw error;
      const Fault = isBusy(error) ? LedgerBusy : LedgerFault;
      throw new Fault(`The ledger ${file} failed: ${error.message}.`, { cause: error });
    }
  }

  function writing<Value>(work: () => Value): Value {
    const value = doing(() => inTransaction(db, work));
    durability.wrote();
    return value;
  }

  /** What is written all day: another program's lock is not waited for, and its LedgerBusy means "again soon". */
  function writingOrBusy<Value>(work: () => Value): Value {
    db.exec('PRAGMA busy_timeout = 0');
    try {
      return writing(work);
    } finally {
      db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    }
  }

  function mustBeInPlace(): void {
    if (watch.isOurs()) return;
    throw new LedgerFault(`The data folder ${folder} was removed or replaced; nothing is kept any more.`);
  }

  /** A change of what is in the copy too. */
  function changing(work: () => void): void {
    mustBeInPlace();
    writing(() => {
      work();
      countChange(db);
    });
    copy.changed();
  }

  function close(): void {
    if (!db.isOpen) return;
    durability.close();
    try {
      copy.close();
      if (sound) db.exec('DELETE FROM running');
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk or damage: everything announced is in the database or its WAL, and the next start checks it.
    } finally {
      db.close();
      release();
    }
  }

  return {
    place: watch.place,
    isInPlace: watch.isOurs,
    get mended() {
      return mended;
    },
    durable: durability.durable,
    takeNote() {
      doing(() => takeNoteOfMended(db));
      durability.wrote();
      mended = null;
      copy.changed();
    },
    marks: {
      has: (entry) => doing(() => marks.has(entry)),
      set: (entry) => changing(() => marks.set(entry)),
      clear: (entry) => changing(() => marks.clear(entry)),
      known: () => doing(marks.known),
    },
    accounts: () => doing(accounts.all),
    hasAccount: (appId) => doing(() => accounts.has(appId)),
    addAccount: (row) => changing(() => accounts.add(row)),
    updateAccount: (row) => changing(() => accounts.update(row)),
    removeAccount: (appId, forgetHistory) =>
      changing(() => {
        accounts.remove(appId);
        marks.clearAll(appId);
        if (forgetHistory) history.forget(appId);
      }),
    kept: (appId) => doing(() => accounts.kept(appId)),
    noteAsking: (appId, since) => writingOrBusy(() => accounts.setAsking(appId, since)),
    record(row, standing) {
      mustBeInPlace();
      return writingOrBusy(() => {
        if (!USES.has(row.trigger)) accounts.setAsking(row.appId, null);
        if (standing !== undefined) accounts.setStanding(row.appId, standing);
        return history.add(row);
      });
    },
    history: (query) => doing(() => history.query(query)),
    clients: () => doing(clients.all),
    addClient: (row) => changing(() => clients.add(row)),
    removeClient: (id) => changing(() => clients.remove(id)),
    noteClientUses: (uses) => writingOrBusy(() => uses.forEach((at, id) => void clients.noteUse(id, at))),
    setting(key) {
      const row = doing(() => settings.get.get(key));
      return row === undefined ? null : String(row.value);
    },
    settingKeys: (prefix) => doing(() => settings.keys.all({ prefix }).map(({ key }) => String(key))),
    setSetting: (key, value) => changing(() => void settings.set.run(key, value)),
    close,
  };
}
