/**
 * Each account's token as a file for business servers on this machine (interfaces.md section 4): who has one, when
 * it is written, when it goes. How it is written is token-file-disk.ts.
 */
import { isAbsolute, normalize } from 'node:path';
import type { PlaceState, TokenFile } from '../console/contract.ts';
import type { HandedToken } from '../console/handout.ts';
import { Refusal } from '../console/refusal.ts';
import type { Log } from '../log.ts';
import { reasonOf, removeIf, removeLeftOvers, replaceFile } from './token-file-disk.ts';

/** How soon a file that could not be written is tried again when no new token comes before. */
export const RETRY_MS = 30_000;
const USUAL_MODE = '600';
/** A timer is only a hint: a laptop sleeps. */
const LONGEST_TIMER_MS = 60_000;
/** No token of WeChat's lives longer. */
const LONGEST_LIFE_MS = 7_200_000;

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
  /** Wall clock, ms. */
  readonly now?: () => number;
  readonly retryMs?: number;
}

interface Entry {
  file: TokenFile | null;
  token: HandedToken | null;
  state: PlaceState | null;
  /** What this console last put at which path; null after it was removed. */
  written: { readonly path: string; readonly content: string } | null;
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
  #isClosed = false;

  constructor(parts: TokenFilesParts) {
    this.#parts = { now: Date.now, retryMs: RETRY_MS, ...parts };
  }

  async set(appId: string, file: TokenFile | null): Promise<void> {
    if (file !== null) requireAbsolute(file.path);
    const entry = this.#entry(appId);
    entry.file = file;
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

  #entry(appId: string): Entry {
    const known = this.#entries.get(appId);
    if (known) return known;
    const entry: Entry = {
      ...{ file: null, token: null, state: null, written: null },
      ...{ timer: null, tail: Promise.resolve(), isQueued: false },
    };
    this.#entries.set(appId, entry);
    return entry;
  }

  /** Makes the disk what it should be by now; one write at a time, and a newer token overtakes those that wait. */
  #bringUp(appId: string, entry: Entry): Promise<void> {
    if (entry.isQueued || this.#isClosed) return entry.tail;
    entry.isQueued = true;
    entry.tail = entry.tail.then(async () => {
      entry.isQueued = false;
      const { file } = entry;
      const before = entry.state;
      clearTimeout(entry.timer ?? undefined);
      const state = await this.#write(appId, entry, file).catch((error) =>
        this.#failing(appId, entry, error),
      );
      entry.state = state;
      this.#wakeAgain(appId, entry);
      if (!isSame(before, state)) this.#parts.changed();
    });
    return entry.tail;
  }

  async #write(appId: string, entry: Entry, file: TokenFile | null): Promise<PlaceState | null> {
    const now = this.#parts.now();
    const { written } = entry;
    if (written && written.path !== file?.path) {
      const isOurs = (content: string) => content === written.content;
      // A folder that went away with its file is no reason not to write to the new place.
      await removeIf(written.path, isOurs).catch((error) => {
        this.#parts.log.warn({ appId, reason: reasonOf(error) }, 'old token file not removed');
      });
      entry.written = null;
    }
    if (file === null) return null;
    const holder = this.#otherAt(file.path, entry);
    if (holder !== null) return failing(entry, `The account ${holder} has the same file.`);
    await removeLeftOvers(file.path, now);
    const token = entry.token !== null && entry.token.endsAt > now ? entry.token : null;
    if (token === null) {
      await removeIf(file.path, (content, modifiedAt) => isDead(appId, entry, content, modifiedAt, now));
      entry.written = null;
      return { state: 'idle', at: entry.state?.at ?? null, detail: null };
    }
    const content = contentOf(appId, file, token, now);
    await replaceFile(file.path, content, Number.parseInt(file.mode ?? USUAL_MODE, 8));
    entry.written = { path: file.path, content };
    return { state: 'written', at: now, detail: null };
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

/** `expires_in` in whole seconds, as it is when the file is written; `expires_at` in ms, as at the gateway. */
function contentOf(appId: string, file: TokenFile, token: HandedToken, now: number): string {
  if (file.format === 'bare') return token.accessToken;
  const { accessToken, endsAt } = token;
  const expiresIn = Math.floor((endsAt - now) / 1000);
  return JSON.stringify({
    access_token: accessToken,
    expires_in: expiresIn,
    expires_at: endsAt,
    app_id: appId,
  });
}

/**
 * Whether a file may go now that there is no token: it is what this console wrote, or what one that was killed left,
 * known by its end (JSON) or by an age that no token reaches (bare).
 */
function isDead(appId: string, entry: Entry, content: string, modifiedAt: number, now: number): boolean {
  if (entry.written) return content === entry.written.content;
  if (entry.file?.format === 'bare')
    return /^[\w-]{1,1024}$/.test(content) && now - modifiedAt > LONGEST_LIFE_MS;
  try {
    const { app_id, expires_at } = JSON.parse(content) as Record<string, unknown>;
    return app_id === appId && typeof expires_at === 'number' && expires_at <= now;
  } catch {
    return false;
  }
}

function requireAbsolute(path: string): void {
  if (isAbsolute(path) && !path.includes('\0')) return;
  const message = 'must be an absolute path.';
  throw new Refusal('invalid-input', `file.path ${message}`, { faults: [{ path: 'file.path', message }] });
}

function isSame(a: PlaceState | null, b: PlaceState | null): boolean {
  return a?.state === b?.state && a?.at === b?.at && a?.detail === b?.detail;
}
