/** What is left of the stable line's forced refreshes. Pure. */
import type { AccountView } from '../../electron/console/contract.ts';

const DAY_MS = 24 * 3600 * 1000;

export type Force = NonNullable<AccountView['force']>;

export interface ForceBudget {
  readonly left: number;
  /** When the gap after the last one is over; null when it is. */
  readonly freeAt: number | null;
  /** When the oldest use stops counting; null when none counts. */
  readonly regainsAt: number | null;
}

function counting(force: Force, now: number): readonly number[] {
  return force.usedAt.filter((at) => at > now - DAY_MS);
}

/** How many forced refreshes are left at `now`: each use counts for 24 hours, and the next has to keep the gap. */
export function forceBudget(force: Force, now: number): ForceBudget {
  const used = counting(force, now);
  const [oldest] = used;
  const last = used.at(-1);
  const gapEnd = last === undefined ? 0 : last + force.gapSeconds * 1000;
  return {
    left: Math.max(0, force.perDay - used.length),
    freeAt: gapEnd > now ? gapEnd : null,
    regainsAt: oldest === undefined ? null : oldest + DAY_MS,
  };
}

/** When `wanted` forced refreshes are there to be used; null when they are now. */
export function enoughAt(force: Force, wanted: number, now: number): number | null {
  const used = counting(force, now);
  const missing = wanted - (force.perDay - used.length);
  const lapses = missing > 0 ? used[missing - 1] : undefined;
  return lapses === undefined ? null : lapses + DAY_MS;
}
