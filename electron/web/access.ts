/** Who may use the bridge over HTTP: whoever has the admin key, and the sessions a page was given for it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const FAILURES_ALLOWED = 10;
const FAILURE_WINDOW_MS = 60_000;
const SESSIONS_KEPT = 64;

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

export interface Sessions {
  /** Begins a session and returns its id; the 64 newest are kept, in memory. */
  begin(): string;
  has(id: string): boolean;
  end(id: string): void;
}

export function createSessions(): Sessions {
  // Only digests are kept and looked up, so the time a look-up takes says nothing about an id.
  const known = new Set<string>();
  const name = (id: string) => digest(id).toString('base64');
  return {
    begin() {
      const id = randomBytes(32).toString('base64url');
      known.add(name(id));
      for (const oldest of known) {
        if (known.size <= SESSIONS_KEPT) break;
        known.delete(oldest);
      }
      return id;
    },
    has: (id) => known.has(name(id)),
    end(id) {
      known.delete(name(id));
    },
  };
}

/** The key in `Authorization: Bearer …`; null when there is none. */
export function bearerIn(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** One cookie's value; null when it is not there. */
export function cookieIn(header: string | undefined, name: string): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
