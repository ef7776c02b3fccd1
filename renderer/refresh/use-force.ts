import { useNow } from '../clock.ts';
import { enoughAt, type Force, forceBudget } from './force-budget.ts';

export interface ForceNow {
  readonly left: number;
  /** When as many as wanted are there again; null when they are now. */
  readonly enoughAt: number | null;
  /** When the gap after the last one is over; null when it is. */
  readonly freeAt: number | null;
  readonly isAllowed: boolean;
}

/** The budget on the page's clock, and whether `wanted` forced refreshes may be used now. null: no limits are known. */
export function useForce(force: Force | null, wanted: number): ForceNow {
  const left = useNow((now) => (force ? forceBudget(force, now).left : 0));
  const freeAt = useNow((now) => (force && forceBudget(force, now).freeAt) ?? 0) || null;
  const whenEnough = useNow((now) => (force && enoughAt(force, wanted, now)) ?? 0) || null;
  return { left, freeAt, enoughAt: whenEnough, isAllowed: freeAt === null && whenEnough === null };
}
