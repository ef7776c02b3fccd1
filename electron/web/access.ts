/** Who may use the bridge over HTTP: whoever has the admin key, and the sessions a page was given for it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const FAILURES_ALLOWED = 10;
const FAILURE_WINDOW_MS = 60_000;
const SESSIONS_KEPT = 64;
const SESSION_MS = 12 * 60 * 60_000;

/** `wall`: ms since the epoch; `mono`: ms of a clock that nobody can set. */
export type Clock = () => { readonly wall: number; readonly mono: number };

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

export type KeyVerdict =
  | { readonly right: true }
  /** `waitMs`: 0, or how long until wrong keys are heard again. */
  | { readonly right: false; readonly waitMs: number };

/**
 * Compares keys in constant time. After 10 wrong keys within a minute further wrong ones are told to wait; the
 * right key is always let in, so that nobody can lock the administrator out. `now` is in ms, monotonic.
 */
export function createKeyCheck(adminKey: string, now: () => number): (key: string) => KeyVerdict {
  const right = digest(adminKey);
  let failures: number[] = [];
  return (key) => {
    if (timingSafeEqual(digest(key), right)) return { right: true };
    const at = now();
    failures = failures.filter((failedAt) => at - failedAt < FAILURE_WINDOW_MS);
    const oldest = failures[0];
    if (oldest !== undefined && failures.length >= FAILURES_ALLOWED) {
      return { right: false, waitMs: oldest + FAILURE_WINDOW_MS - at };
    }
    failures.push(at);
    return { right: false, waitMs: 0 };
  };
}

export interface Session {
  /** Whether it still lasts; then it lasts for 12 h more from now. */
  use(): boolean;
  end(): void;
  /** Aborted once it has ended, for whatever reason. */
  readonly ended: AbortSignal;
}

export interface Sessions {
  /** Begins a session and returns its id, of which only the digest is kept, in memory. The 64 used last are kept. */
  begin(): string;
  /** The session with this id, used now; null when there is none or it has ended. */
  find(id: string): Session | null;
}

/** A session ends 12 h after its last use by either clock: the wall clock goes on while the machine sleeps. */
export function createSessions(clock: Clock): Sessions {
  // By digest, so the time a look-up takes says nothing about an id; the one used last is the last.
  const known = new Map<string, Session>();

  function create(name: string): Session {
    let usedAt = clock();
    const ending = new AbortController();
    const session: Session = {
      ended: ending.signal,
      end() {
        known.delete(name);
        ending.abort();
      },
      use() {
        const now = clock();
        if (Math.max(now.wall - usedAt.wall, now.mono - usedAt.mono) >= SESSION_MS) session.end();
        if (ending.signal.aborted) return false;
        usedAt = now;
        known.delete(name);
        known.set(name, session);
        return true;
      },
    };
    return session;
  }

  return {
    begin() {
      const id = randomBytes(32).toString('base64url');
      const name = digest(id).toString('base64');
      known.set(name, create(name));
      for (const oldest of known.values()) {
        if (known.size <= SESSIONS_KEPT) break;
        oldest.end();
      }
      return id;
    },
    find(id) {
      const session = known.get(digest(id).toString('base64'));
      return session?.use() ? session : null;
    },
  };
}

/** The key in `Authorization: Bearer …`; null when there is none. */
export function bearerIn(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}
