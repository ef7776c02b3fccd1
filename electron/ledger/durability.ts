/**
 * When what was written is on disk. SQLite writes each transaction into its WAL at once, which outlives this process,
 * and leaves the waiting for the disk (fsync, 500 ms on a bad one) to us (`synchronous = NORMAL`): it is done on
 * libuv's threads, one at a time, for all that wait. So nothing that is only read waits for a disk.
 * Source: sqlite.org/wal.html, "Performance Considerations"; sqlite.org/pragma.html#pragma_synchronous
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { LedgerFault } from './ledger.ts';

const sync = promisify(fdatasync);

/** Longer than any disk that still works needs. */
const LONGEST_WAIT_MS = 10_000;
/** So many transactions of a few pages each are about what SQLite itself lets its WAL grow to (1,000 pages, 4 MiB). */
const CHECKPOINT_EVERY = 250;

/** Folds the WAL into the database on a thread of its own: it waits for the disk twice. */
const CHECKPOINT = `
  const { workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData);
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  db.close();
`;

export interface Durability {
  /** Something was written. */
  wrote(): void;
  /**
   * Resolves when all that was written before is on disk, at once where it is.
   * @throws LedgerFault when the disk does not take it, or not within 10 s.
   */
  durable(): Promise<void>;
  close(): void;
}

/** For the database at `file`; `checkpoint` folds the WAL in on this thread, where there is no other. */
export function createDurability(file: string, checkpoint: () => void): Durability {
  let written = 0;
  let kept = 0;
  let folded = 0;
  let isFolding = false;
  let isClosed = false;
  let wal: number | null = null;
  let underWay: Promise<void> | null = null;

  async function flush(): Promise<void> {
    const upTo = written;
    try {
      wal ??= openSync(`${file}-wal`, 'r+');
      await sync(wal);
      kept = upTo;
    } catch (error) {
      if (isClosed) return;
      const reason = error instanceof Error ? error.message : String(error);
      throw new LedgerFault(`The ledger ${file} failed: ${reason}.`, { cause: error });
    } finally {
      underWay = null;
      if (isClosed) letGo();
    }
    if (kept - folded >= CHECKPOINT_EVERY) fold();
  }

  function fold(): void {
    if (isFolding || isClosed) return;
    isFolding = true;
    folded = kept;
    const done = () => {
      isFolding = false;
    };
    new Worker(CHECKPOINT, { eval: true, workerData: file })
      .once('error', () => isClosed || checkpoint())
      .once('exit', done)
      .unref();
  }

  function letGo(): void {
    if (wal !== null && underWay === null) closeSync(wal);
    if (underWay === null) wal = null;
  }

  async function untilKept(upTo: number): Promise<void> {
    while (kept < upTo && !isClosed) {
      underWay ??= flush();
      await underWay;
    }
  }

  return {
    wrote() {
      written += 1;
    },
    durable() {
      if (kept >= written) return Promise.resolve();
      const { promise, reject } = Promise.withResolvers<void>();
      const tooLong = () => reject(new LedgerFault(`The disk of ${file} does not answer.`));
      const timer = setTimeout(tooLong, LONGEST_WAIT_MS).unref();
      return Promise.race([untilKept(written), promise]).finally(() => clearTimeout(timer));
    },
    close() {
      isClosed = true;
      letGo();
    },
  };
}
