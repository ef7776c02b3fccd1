/**
 * Each account's token as a file for business servers on this machine (interfaces.md section 4): who has one, when
 * it is written, when it goes. How it is written is token-file-disk.ts.
 */
import { isAbsolute, normalize } from 'node:path';
import pLimit from 'p-limit';
import type { PlaceState, TokenFile } from '../console/contract.ts';
import type { HandedToken } from '../console/handout.ts';
import { Refusal } from '../console/refusal.ts';
import { awaitingDisk } from '../lib/small-file.ts';
import type { Log } from '../log.ts';
import { contentOf, hashOf, isDead, isOurs, type WrittenFile } from './token-file-content.ts';
import {
  LEFT_OVER_AFTER_MS,
  reasonOf,
  removeIf,
  removeLeftOvers,
  replaceFile,
  requireOurs,
} from './token-file-disk.ts';
import { type Reserved, requireForeignPlace } from './token-file-places.ts';

/** How soon a file that could not be written is tried again when no new token comes before. */
export const RETRY_MS = 30_000;
const USUAL_MODE = '600';
/** A timer is only a hint: a laptop sleeps. */
const LONGEST_TIMER_MS = 60_000;
/** A disk that has not answered by then is told as such; what it may still do is waited for beside. */
const ANSWER_WITHIN_MS = 3000;

/** Kept over restarts, so that no file but one of the console's own is ever replaced or removed. */
export interface WrittenFiles {
  of(appId: string): WrittenFile | null;
  /** Never throws: a disk that is full is no reason not to hand a token out. */
  note(appId: string, written: WrittenFile | null): void;
}

export interface TokenFiles {
  /**
   * Where the account's token is to be; null: nowhere any more, and the file goes if it is still the console's.
   * Resolves when the disk was tried; a fault of the disk is a state, not a rejection.
   * @throws Refusal `invalid-input` for a path that is not absolute; nothing is then changed.
   */
  set(appId: string, file: TokenFile | null): Promise<void>;
  /** The account's token from now on; null: there is none. Resolves at once where it has no file (`set` goes first). */
  publish(appId: string, token: HandedToken | null): Promise<void>;
  /** null for an account without a file. */
  state(appId: string): PlaceState | null;
  /** Ends what is being written. The files stay: their tokens live on without the console. */
  close(): Promise<void>;
}

interface TokenFilesParts {
  readonly log: Log;
  /** Called when a state has changed. */
  readonly changed: () => void;
  readonly memory: WrittenFiles;
  readonly reserved: Reserved;
  /** Wall clock, ms. */
  readonly now?: () => number;
  readonly retryMs?: number;
  readonly answerWithinMs?: number;
}

interface Entry {
  file: TokenFile | null;
  token: HandedToken | null;
  state: PlaceState | null;
  /** What the console last put where, this one or one before it; null after it was removed. */
  written: WrittenFile | null;
  timer: NodeJS.Timeout | null;
  /** The work under way; each waits for the one before. */
  tail: Promise<void>;
  /** Whether work waits that will see the newest file and token. */
  isQueued: boolean;
}

export function createTokenFiles(parts: TokenFilesParts): TokenFiles {
  return new Files(parts);
}

class Files implements TokenFiles {
  readonly #parts: Required<TokenFilesParts>;
  readonly #entries = new Map<string, Entry>();
  /** libuv has four threads for all of the console's files: a mount that hangs must not take every one of them. */
  readonly #atOnce = pLimit(2);
  #isClosed = false;

  constructor(parts: TokenFilesParts) {
    this.#parts = { now: Date.now, retryMs: RETRY_MS, answerWithinMs: ANSWER_WITHIN_MS, ...parts };
  }

  async set(appId: string, file: TokenFile | null): Promise<void> {
    if (file !== null) requireAbsolute(file.path);
    const entry = this.#entry(appId);
    entry.file = file;
    if (file !== null) this.#sweepLater(file.path);
    await this.#bringUp(appId, entry);
    // What is left of the account, a token for one, is not kept in memory for nobody.
    if (file === null && entry.file === null && !entry.isQueued) this.#entries.delete(appId);
  }

  publish(appId: string, token: HandedToken | null): Promise<void> {
    const entry = this.#entries.get(appId);
    if (!entry) return Promise.resolve();
    entry.token = token;
    return this.#bringUp(appId, entry);
  }

  state(appId: string): PlaceState | null {
    return this.#entries.get(appId)?.state ?? null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const entries = [...this.#entries.values()];
    for (const { timer } of entries) clearTimeout(timer ?? undefined);
    await Promise.all(entries.map(({ tail }) => tail));
  }

  /** What a console that was killed a moment ago left there is too young now to be told from another's work. */
  #sweepLater(path: string): void {
    const sweep = () => void removeLeftOvers(path, this.#parts.now()).catch(() => undefined);
    setTimeout(sweep, LEFT_OVER_AFTER_MS + 1000).unref();
  }

  #entry(appId: string): Entry {
    const known = this.#entries.get(appId);
    if (known) return known;
    const entry: Entry = {
      ...{ file: null, token: null, state: null, written: this.#parts.memory.of(appId) },
      ...{ timer: null, tail: Promise.resolve(), isQueued: false },
    };
    this.#entries.set(appId, entry);
    return entry;
  }

  /**
   * Makes the disk what it should be by now; one write at a time, and a newer token overtakes those that wait. Resolves
   * after 3 s at most: a network mount that hangs holds nobody up.
   */
  #bringUp(appId: string, entry: Entry): Promise<void> {
    if (!entry.isQueued && !this.#isClosed) this.#enqueue(appId, entry);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      if (entry.file !== null) {
        entry.state = failing(entry, 'The disk does not answer.');
        this.#parts.changed();
      }
      resolve();
    }, this.#parts.answerWithinMs);
    return Promise.race([entry.tail, promise]).finally(() => clearTimeout(timer));
  }

  #enqueue(appId: string, entry: Entry): void {
    entry.isQueued = true;
    entry.tail = entry.tail.then(async () => {
      entry.isQueued = false;
      const { file } = entry;
      const before = entry.state;
      clearTimeout(entry.timer ?? undefined);
      const writing = this.#atOnce(() => awaitingDisk(this.#write(appId, entry, file)));
      const state = await writing.catch((error) => this.#failing(appId, entry, error));
      entry.state = state;
      this.#wakeAgain(appId, entry);
      if (!isSame(before, state)) this.#parts.changed();
    });
  }

  async #write(appId: string, entry: Entry, file: TokenFile | null): Promise<PlaceState | null> {
    const now = this.#parts.now();
    if (entry.written && entry.written.path !== file?.path)
      await this.#removeOld(appId, entry, entry.written);
    if (file === null) return null;
    const holder = this.#otherAt(file.path, entry);
    if (holder !== null) return failing(entry, `The account ${holder} has the same file.`);
    await requireForeignPlace(file.path, this.#parts.reserved);
    await removeLeftOvers(file.path, now);
    const token = entry.token !== null && entry.token.endsAt > now ? entry.token : null;
    if (token === null) {
      await removeIf(file.path, (content) => isDead(appId, entry.written, content, now));
      this.#note(appId, entry, null);
      return { state: 'idle', at: entry.state?.at ?? null, detail: null };
    }
    const content = contentOf(appId, file, token, now);
    await requireOurs(
      file.path,
      (there) => isOurs(appId, entry.written, there) || there === token.accessToken,
    );
    // Noted before it is written: a console that is killed in between must know its own file.
    const before = entry.written?.hashes.at(-1);
    const hashes = before === undefined ? [hashOf(content)] : [before, hashOf(content)];
    this.#note(appId, entry, { path: file.path, hashes });
    await replaceFile(file.path, content, Number.parseInt(file.mode ?? USUAL_MODE, 8));
    return { state: 'written', at: now, detail: null };
  }

  /** The file at the place before goes. Where it cannot, the next start tries again, if nothing else was noted since. */
  async #removeOld(appId: string, entry: Entry, old: WrittenFile): Promise<void> {
    try {
      await removeIf(old.path, (content) => old.hashes.includes(hashOf(content)));
      await removeLeftOvers(old.path, this.#parts.now());
      this.#note(appId, entry, null);
    } catch (error) {
      // A folder that went away with its file is no reason not to write to the new place.
      this.#parts.log.warn({ appId, reason: reasonOf(error) }, 'old token file not removed');
      entry.written = null;
    }
  }

  #note(appId: string, entry: Entry, written: WrittenFile | null): void {
    if (entry.written !== null || written !== null) this.#parts.memory.note(appId, written);
    entry.written = written;
  }

  #otherAt(path: string, entry: Entry): string | null {
    for (const [appId, other] of this.#entries) {
      if (other === entry) return null;
      if (other.file && normalize(other.file.path) === normalize(path)) return appId;
    }
    return null;
  }

  #failing(appId: string, entry: Entry, error: unknown): PlaceState {
    const detail = reasonOf(error);
    if (entry.state?.detail !== detail)
      this.#parts.log.warn({ appId, reason: detail }, 'token file not written');
    return failing(entry, detail);
  }

  #wakeAgain(appId: string, entry: Entry): void {
    const wait = this.#untilNextLook(entry);
    if (wait === null || this.#isClosed) return;
    entry.timer = setTimeout(() => {
      const ended = entry.token !== null && entry.token.endsAt <= this.#parts.now();
      if (ended || entry.state?.state === 'failing') void this.#bringUp(appId, entry);
      else this.#wakeAgain(appId, entry);
    }, wait);
    entry.timer.unref();
  }

  #untilNextLook({ state, token }: Entry): number | null {
    if (state?.state === 'failing') return this.#parts.retryMs;
    if (state?.state !== 'written' || token === null) return null;
    return Math.min(LONGEST_TIMER_MS, Math.max(0, token.endsAt - this.#parts.now()));
  }
}

function failing(entry: Entry, detail: string): PlaceState {
  return { state: 'failing', at: entry.state?.at ?? null, detail };
}

function requireAbsolute(path: string): void {
  if (isAbsolute(path) && !path.includes('\0')) return;
  const message = 'must be an absolute path.';
  throw new Refusal('invalid-input', `file.path ${message}`, { faults: [{ path: 'file.path', message }] });
}

function isSame(a: PlaceState | null, b: PlaceState | null): boolean {
  return a?.state === b?.state && a?.at === b?.at && a?.detail === b?.detail;
}
