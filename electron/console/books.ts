/**
 * History rows on their way into the ledger. A row that cannot be written (a full disk) waits here, in order,
 * and is written with the next one that can; it is announced only when it is on disk.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { HistoryRow } from './contract.ts';

/** What may wait; a disk that is full for days must not fill the memory too. */
const LONGEST_QUEUE = 10_000;

interface Unwritten {
  readonly row: Omit<HistoryRow, 'id'>;
  readonly standing: string | undefined;
}

export class Books {
  readonly #ledger: Ledger;
  readonly #written: (row: HistoryRow) => void;
  readonly #failingChanged: () => void;
  readonly #queue: Unwritten[] = [];
  #failing: string | null = null;

  constructor(ledger: Ledger, written: (row: HistoryRow) => void, failingChanged: () => void) {
    this.#ledger = ledger;
    this.#written = written;
    this.#failingChanged = failingChanged;
  }

  /** Why history cannot be written; null when all of it is. */
  get failing(): string | null {
    return this.#failing;
  }

  record(row: Omit<HistoryRow, 'id'>, standing?: string): void {
    this.#queue.push({ row, standing });
    if (this.#queue.length > LONGEST_QUEUE) this.#queue.shift();
    this.flush();
  }

  /** Notes, before a call leaves, that one is under way; a failure is no reason not to call. */
  noteAsking(appId: string, since: number): void {
    this.#attempt(() => this.#ledger.noteAsking(appId, since));
  }

  /** Writes what waits, oldest first, as far as the disk allows. */
  flush(): void {
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const { row, standing } = first;
      const written = this.#attempt(() => this.#ledger.record(row, standing));
      if (!written) return;
      this.#queue.shift();
      this.#written(written);
    }
  }

  #attempt<T>(write: () => T): T | null {
    try {
      const result = write();
      this.#setFailing(null);
      return result;
    } catch (error) {
      this.#setFailing(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  #setFailing(detail: string | null): void {
    if (detail === this.#failing) return;
    this.#failing = detail;
    this.#failingChanged();
  }
}
