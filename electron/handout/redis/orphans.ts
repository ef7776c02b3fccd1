/** Keys that are no longer anybody's: deleted as soon as Redis can be reached, while they still hold what was written. */
import type { Held } from './book.ts';
import type { Claims } from './claims.ts';
import type { Publisher } from './publisher.ts';

export interface Orphans {
  add(held: ReadonlyMap<string, Held>, staying: ReadonlySet<string>): void;
  remove(): Promise<void>;
  clear(): void;
}

export function createOrphans(publisher: Publisher, claims: Claims, now: () => number): Orphans {
  const left = new Map<string, Held>();
  return {
    add: (held, staying) => {
      for (const [key, what] of held) if (!staying.has(key)) left.set(key, what);
    },
    remove: async () => {
      for (const [key, { until }] of left) if (until <= now() || claims.isTaken(key)) left.delete(key);
      const asked = new Map(left);
      if (!(await publisher.remove(asked))) return;
      for (const [key, what] of asked) if (left.get(key) === what) left.delete(key);
    },
    clear: () => left.clear(),
  };
}
