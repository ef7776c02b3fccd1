/**
 * History rows on their way into the ledger. A row that cannot be written (a full disk) waits here, in order, and is
 * written with the next one that can; it is announced only when it is on disk.
 */
import { type Ledger, LedgerBusy } from '../ledger/ledger.ts';
import type { HistoryRow } from './contract.ts';

/** What may wait; a disk that is full for days must not fill the memory too. */
const LONGEST_QUEUE = 10_000;
/** How soon a lock of another program is tried again, and for how long that is nothing to tell. */
const BUSY = { againMs: 50, notedMs: 1000, quietMs: 3000 } as const;
/** A call to WeChat waits no longer for a disk that does not answer. */
const NOTED_WITHIN_MS = 2000;

interface Unwritten {
  readonly row: Omit<HistoryRow, 'id'>;
  readonly standing: string | undefined;
}

export class Books {
  readonly #ledger: Pick<Ledger, 'record' | 'noteAsking' | 'durable'>;
  readonly #written: (row: HistoryRow) => void;
  readonly #failingChanged: () => void;
  readonly #queue: Unwritten[] = [];
  /** Written, and not yet known to be on disk. */
  readonly #unannounced: HistoryRow[] = [];
  #announcing: Promise<void> | null = null;
  #failing: string | null = null;
  #busySince: number | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(
    ledger: Pick<Ledger, 'record' | 'noteAsking' | 'durable'>,
    written: (row: HistoryRow) => void,
    failingChanged: () => void,
  ) {
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
    void this.flush();
  }

  /**
   * Notes, before a call leaves, that one is under way; resolves when that is on disk, and within 3 s in any case: a
   * failure is no reason not to call.
   */
  async noteAsking(appId: string, since: number): Promise<void> {
    const started = Date.now();
    const note = () => this.#attempt(() => this.#ledger.noteAsking(appId, since));
    for (let noted = note(); noted !== 'done'; noted = note()) {
      if (noted === 'failed' || Date.now() - started > BUSY.notedMs) return;
      await new Promise((resolve) => setTimeout(resolve, BUSY.againMs));
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, NOTED_WITHIN_MS);
    await Promise.race([this.#ledger.durable().catch(() => undefined), promise]);
    clearTimeout(timer);
  }

  /** Writes what can be written, for the last time. */
  close(): void {
    void this.flush();
    clearTimeout(this.#again ?? undefined);
  }

  /** Writes what waits, oldest first, as far as the disk allows; resolves when that is announced, or cannot be. */
  flush(): Promise<void> {
    clearTimeout(this.#again ?? undefined);
    this.#again = null;
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      const { row, standing } = first;
      const isWritten = this.#attempt(() => {
        this.#unannounced.push(this.#ledger.record(row, standing));
      });
      if (isWritten !== 'done') break;
      this.#queue.shift();
    }
    this.#announcing ??= this.#announce().finally(() => {
      this.#announcing = null;
    });
    return this.#announcing;
  }

  /** Announces what is on disk, in order; what the disk does not take waits for the next flush. */
  async #announce(): Promise<void> {
    while (this.#unannounced.length > 0) {
      const count = this.#unannounced.length;
      try {
        await this.#ledger.durable();
      } catch (error) {
        this.#setFailing(messageOf(error));
        break;
      }
      for (const row of this.#unannounced.splice(0, count)) this.#written(row);
      this.#settle();
    }
  }

  #settle(): void {
    if (this.#queue.length + this.#unannounced.length === 0) this.#setFailing(null);
  }

  #attempt(write: () => void): 'done' | 'busy' | 'failed' {
    try {
      write();
      this.#busySince = null;
      this.#settle();
      return 'done';
    } catch (error) {
      if (error instanceof LedgerBusy) return this.#waitForOther(error);
      this.#setFailing(messageOf(error));
      return 'failed';
    }
  }

  #waitForOther(error: LedgerBusy): 'busy' {
    this.#busySince ??= Date.now();
    if (Date.now() - this.#busySince >= BUSY.quietMs) this.#setFailing(error.message);
    this.#again ??= setTimeout(() => void this.flush(), BUSY.againMs);
    return 'busy';
  }

  #setFailing(detail: string | null): void {
    if (detail === this.#failing) return;
    this.#failing = detail;
    this.#failingChanged();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
