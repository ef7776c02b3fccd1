/**
 * Counters that begin anew with each minute, day or month, pure. When WeChat's day begins is not documented;
 * here it is midnight in China (UTC+8, no summer time).
 */
const MINUTE_MS = 60_000;
const CHINA_MS = 8 * 60 * MINUTE_MS;

/** How often something was done in one period; what was done in another period does not count. */
export interface Spent {
  readonly period: string;
  readonly times: number;
}

export const NOTHING_SPENT: Spent = { period: '', times: 0 };

export function minuteOf(now: number): string {
  return String(Math.floor(now / MINUTE_MS));
}

export function dayOf(now: number): string {
  return new Date(now + CHINA_MS).toISOString().slice(0, 10);
}

export function monthOf(now: number): string {
  return dayOf(now).slice(0, 7);
}

export function spentIn(spent: Spent, period: string): number {
  return spent.period === period ? spent.times : 0;
}

export function spend(spent: Spent, period: string): Spent {
  return { period, times: spentIn(spent, period) + 1 };
}
