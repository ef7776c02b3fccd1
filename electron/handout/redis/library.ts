/** The Redis client, loaded with the first connection: no console without a Redis pays for its megabyte at the start. */
type Library = typeof import('@redis/client');
type Decoder = import('@redis/client/dist/lib/RESP/decoder.js').Decoder;

/**
 * What one connection may bring in 3 s; a round over the keys of 10,000 accounts is a third of it. The client itself
 * keeps an answer without end, a line of gigabytes, for as long as it comes.
 */
const MOST = { bytes: 64 * 1024 * 1024, withinMs: 3000 } as const;

/** More came than any Redis says to this console. */
export class TooMuch extends Error {}

let loaded: Library | null = null;

export async function loadLibrary(): Promise<Library> {
  if (loaded === null) {
    const [library, { Decoder }] = await Promise.all([
      import('@redis/client'),
      import('@redis/client/dist/lib/RESP/decoder.js'),
    ]);
    if (loaded === null) bound(Decoder.prototype);
    loaded = library;
  }
  return loaded;
}

/** Has the client's decoder throw TooMuch, which ends the connection; the client offers no other place to count. */
function bound(decoder: Decoder): void {
  const seen = new WeakMap<object, { since: number; bytes: number }>();
  const write = decoder.write;
  decoder.write = function (this: Decoder, chunk) {
    const now = performance.now();
    const before = seen.get(this);
    const isNew = before === undefined || now - before.since > MOST.withinMs;
    const count = isNew ? { since: now, bytes: 0 } : before;
    count.bytes += chunk.length;
    seen.set(this, count);
    if (count.bytes > MOST.bytes) throw new TooMuch('too much came from Redis');
    return write.call(this, chunk);
  };
}

/** null before the first connection: none of its errors can be about then. */
export function loadedLibrary(): Library | null {
  return loaded;
}
