/** One request for the runtime's zip, given up when nothing comes for too long. */
import { createRequire } from 'node:module';
import type { Progress } from '@electron/get';
import type { Fault } from './electron-sources.ts';
import type { Received } from './electron-words.ts';

export interface Patience {
  /** For the first byte, in milliseconds. */
  readonly firstMs: number;
  /** For each byte after it, in milliseconds. */
  readonly silenceMs: number;
}

export interface Transfer {
  /** @throws Error of fetch or of the file; `fault` is set when a silence was the reason */
  run(target: string): Promise<void>;
  received(): Received;
  /** Set when it was given up for a silence. */
  fault(): Fault | undefined;
  /** How long it took when not one byte came, in milliseconds; else 0. */
  waitedMs(): number;
}

type Get = typeof import('@electron/get');

/** A package that electron's own installer uses, in the version that it uses. */
export function ofElectron<T>(name: string): T {
  const electron = createRequire(import.meta.url).resolve('electron/package.json');
  return createRequire(electron)(name) as T;
}

export function createTransfer(url: string, patience: Patience, signal: AbortSignal): Transfer {
  const startedAt = performance.now();
  const silence = new AbortController();
  let heardAt = startedAt;
  let [bytes, total] = [0, null as number | null];
  let fault: Fault | undefined;
  const giveUp = (given: Fault) => () => {
    fault = given;
    silence.abort();
  };
  let timer: NodeJS.Timeout | undefined;
  const heard = (progress: Progress) => {
    if (bytes === 0) {
      clearTimeout(timer);
      timer = setTimeout(giveUp({ kind: 'stalled', afterMs: patience.silenceMs }), patience.silenceMs);
    } else timer?.refresh();
    heardAt = performance.now();
    bytes = progress.transferred;
    total = progress.total;
  };
  return {
    async run(target) {
      timer = setTimeout(giveUp({ kind: 'silent', afterMs: patience.firstMs }), patience.firstMs);
      try {
        await fetchInto(target, url, AbortSignal.any([signal, silence.signal]), heard, patience);
      } finally {
        clearTimeout(timer);
      }
    },
    received: () => ({ bytes, total, silentMs: performance.now() - heardAt }),
    fault: () => fault,
    waitedMs: () => (bytes === 0 ? performance.now() - startedAt : 0),
  };
}

/** Through the environment's proxy, if there is one (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). */
async function fetchInto(
  target: string,
  url: string,
  signal: AbortSignal,
  heard: (progress: Progress) => void,
  { firstMs }: Patience,
): Promise<void> {
  const { FetchDownloader } = ofElectron<Get>('@electron/get');
  const { EnvHttpProxyAgent } = await import('undici');
  // undici's own limit for a connection, 10 s, must not come before ours.
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: firstMs + 5000 } });
  try {
    const options = { quiet: true, signal, dispatcher, getProgressCallback: heard };
    await new FetchDownloader().download(url, target, options as object);
  } finally {
    await dispatcher.destroy();
  }
}
