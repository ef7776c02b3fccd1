/** Keeps a stream of server-sent events open: asks again when it is lost, and lets go of it while nobody looks. */
import { serverSentReader } from './server-sent.ts';

/** The console writes something every 20 s. */
const SILENT_MS = 50_000;
/** Between two tries, until the console has named a time of its own; doubled with each that fails. */
const RETRY_MS = 2000;
const LONGEST_RETRY_MS = 15_000;
/** A page that was not looked at for so long lets go: a browser has six connections to a host for all its tabs. */
const HIDDEN_MS = 5 * 60_000;

export interface EventStreamParts {
  /** Asks for the stream: its bytes, or null where a key is needed first. Rejects when there is no stream. */
  ask(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null>;
  message(data: string): void;
  lost(): void;
}

export interface EventStream {
  /** Begins anew: there is a session now, or another one, or none any more. */
  again(): void;
  stop(): void;
}

/** Opens the stream at once. After `ask` has answered null nothing is tried until `again` is called. */
export function openEventStream({ ask, message, lost }: EventStreamParts): EventStream {
  let current: AbortController | null = null;
  let nextTry: ReturnType<typeof setTimeout> | null = null;
  let retryMs = RETRY_MS;
  let failures = 0;

  /** Resolves with whether a key is needed, once the stream has ended; rejects when it broke off or was silent. */
  async function read(attempt: AbortController): Promise<boolean> {
    let silence = setTimeout(() => attempt.abort(), SILENT_MS);
    try {
      const body = await ask(attempt.signal);
      if (body === null) return true;
      const take = serverSentReader({
        message(data) {
          failures = 0;
          message(data);
        },
        retry(ms) {
          retryMs = ms;
        },
      });
      const chunks = body.getReader();
      for (let next = await chunks.read(); !next.done; next = await chunks.read()) {
        attempt.signal.throwIfAborted();
        clearTimeout(silence);
        silence = setTimeout(() => attempt.abort(), SILENT_MS);
        take(next.value);
      }
      return false;
    } finally {
      clearTimeout(silence);
    }
  }

  async function connect(): Promise<void> {
    letGo();
    const attempt = new AbortController();
    current = attempt;
    const needsKey = await read(attempt).catch(() => false);
    if (attempt !== current) return; // let go of meanwhile
    letGo();
    if (needsKey) return;
    lost();
    nextTry = setTimeout(() => void connect(), Math.min(retryMs * 2 ** failures, LONGEST_RETRY_MS));
    failures += 1;
  }

  function letGo(): void {
    if (nextTry !== null) clearTimeout(nextTry);
    nextTry = null;
    current?.abort();
    current = null;
  }

  const sight = followSight({
    sleep: letGo,
    wake: () => void connect(),
    hurry: () => void (nextTry !== null && connect()),
  });
  void connect();
  return {
    again: () => void (!sight.isAsleep() && connect()),
    stop() {
      sight.stop();
      letGo();
    },
  };
}

interface Sight {
  /** Nobody has looked at the page for a while, or it is left. */
  sleep(): void;
  /** Somebody looks at a page that slept. */
  wake(): void;
  /** Somebody looks, or the network is back: what waits for another try need not. */
  hurry(): void;
}

/** Tells when the page is out of sight and when it is looked at again. */
function followSight({ sleep, wake, hurry }: Sight): { isAsleep(): boolean; stop(): void } {
  const following = new AbortController();
  let isAsleep = false;
  let falling: ReturnType<typeof setTimeout> | undefined;

  const fallAsleep = () => {
    isAsleep = true;
    sleep();
  };
  const look = () => {
    clearTimeout(falling);
    if (document.hidden) {
      falling = setTimeout(fallAsleep, HIDDEN_MS);
    } else if (isAsleep) {
      isAsleep = false;
      wake();
    } else hurry();
  };
  const { signal } = following;
  document.addEventListener('visibilitychange', look, { signal });
  // A browser may keep a page that was left, to show it again on the way back.
  window.addEventListener('pagehide', fallAsleep, { signal });
  window.addEventListener('pageshow', look, { signal });
  window.addEventListener('online', hurry, { signal });
  look();
  return {
    isAsleep: () => isAsleep,
    stop() {
      clearTimeout(falling);
      following.abort();
    },
  };
}
