/** How many wrong keys an address may try, so that guessing is slow and the log stays short. In memory. */
import { isIPv6 } from 'node:net';

const LIMITS = { allowed: 20, windowMs: 60_000, addresses: 10_000 };

export interface WrongKeys {
  /** Notes a wrong key; 0, or how many ms until one from this address is heard again. */
  note(address: string): number;
}

/** An IPv6 host owns a whole /64, so all of it counts as one address. */
function sourceOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = plain.includes('::') ? Array(Math.max(0, 8 - before.length - after.length)).fill('0') : [];
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

/** Counts by windows of a minute, for the 10,000 addresses that began theirs last. `now` is in ms, monotonic. */
export function createWrongKeys(now: () => number, limits = LIMITS): WrongKeys {
  const windows = new Map<string, { count: number; readonly endsAt: number }>();

  function begin(source: string, at: number): void {
    windows.delete(source);
    windows.set(source, { count: 1, endsAt: at + limits.windowMs });
    for (const oldest of windows.keys()) {
      if (windows.size <= limits.addresses) break;
      windows.delete(oldest);
    }
  }

  return {
    note(address) {
      const source = sourceOf(address);
      const at = now();
      const window = windows.get(source);
      if (window === undefined || window.endsAt <= at) {
        begin(source, at);
        return 0;
      }
      window.count += 1;
      return window.count <= limits.allowed ? 0 : window.endsAt - at;
    },
  };
}
