/**
 * When to ask next: every duration of a token's life, in one place. Pure; the numbers are the table of
 * design.md, "Rules of a token's life". All times in milliseconds; `chance` is a random number in [0, 1).
 */
import type { TokenLine } from '../console/contract.ts';
import type { ReplyClass } from '../wechat/wechat.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** WeChat honours the old token this long after a new one was fetched. */
export const OVERLAP = 5 * MINUTE;
/** Two scheduled calls for one account are never closer, however short a life WeChat grants. */
export const SCHEDULE_FLOOR = 15 * SECOND;
/** The stable line gives a new token only in the last 300 s; asked a little later to be surely inside. */
const STABLE_LEAD = 290 * SECOND;
/** How soon a token found in the vault is asked about: the start has more urgent things to do. */
export const CHECK_SOON = 15 * SECOND;
/** How much of the lead or of a check's interval is jitter, so that many accounts do not ask at the same moment. */
const JITTER = 0.1;

/** A forced refresh that comes sooner after another is answered with the token there is (wechat-facts.md 2). */
export const FORCE_GAP = 30 * SECOND;
export const FORCE_BUDGET = 20;
export const FORCE_WINDOW = 24 * HOUR;

export const PROBE_BUDGET = 12;

/** Full jitter may draw nothing at all; not even then two calls run into each other. */
const RETRY_FLOOR = SECOND / 5;
/** When the network is back, waiting retries leave within this time of it: soon, and not all at once. */
export const RETURN_SPREAD = 1.5 * SECOND;
/** A network that comes and goes must not turn the back-off into one call after the other. */
export const RETURN_FLOOR = 5 * SECOND;
const MINUTE_QUOTA = 45011;
export const REFUSED_TWICE = 89506;

/** How long before its end a token of `life` is asked for anew. */
export function leadOf(line: TokenLine, leadMs: number, life: number, chance: number): number {
  if (line === 'stable') return STABLE_LEAD;
  return Math.min(leadMs, life / 2) * (1 - JITTER * chance);
}

/**
 * How long to wait with a token that has `remaining` of its `life`; negative when it should have been asked
 * for already. The caller keeps the floor.
 */
export function untilRefresh(
  line: TokenLine,
  leadMs: number,
  remaining: number,
  life: number,
  chance: number,
): number {
  return remaining - leadOf(line, leadMs, life, chance);
}

/** How long after one check of a token the next one leaves. */
export function untilCheck(checkMs: number, chance: number): number {
  return checkMs * (1 - JITTER * chance);
}

/** The n-th wait (from 1) of a doubling back-off, before any jitter. */
export function doubling(base: number, n: number, cap: number): number {
  return Math.min(cap, base * 2 ** Math.min(n - 1, 30));
}

/** The circumstances of a reply that was no grant. */
export interface Setback {
  readonly class: ReplyClass;
  readonly errcode: number | null;
  /** How many replies of this class came one after the other, from 1. */
  readonly count: number;
  /** How many of them answered a probe, made without a person. */
  readonly probes: number;
  /** How long this class has lasted. */
  readonly lasting: number;
  readonly tokenLives: boolean;
}

type Wait = (setback: Setback, chance: number) => number | null;

/** Full jitter: anything up to the whole wait (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
const transientWait: Wait = ({ count, tokenLives, errcode }, chance) => {
  const jittered = doubling(SECOND, count, tokenLives ? 5 * MINUTE : MINUTE) * chance;
  return Math.max(errcode === MINUTE_QUOTA ? MINUTE : RETRY_FLOOR, jittered);
};

const WAITS: Record<ReplyClass, Wait> = {
  transient: transientWait,
  quota: ({ count }) => doubling(30 * MINUTE, count, 4 * HOUR),
  'not-whitelisted': ({ lasting }) => (lasting < HOUR ? 5 * MINUTE : 30 * MINUTE),
  'awaiting-admin': ({ probes }) => (probes < PROBE_BUDGET ? 5 * MINUTE : null),
  refused: () => null,
  secret: () => null,
  account: () => null,
  unknown: ({ count }) => doubling(MINUTE, count, 30 * MINUTE),
};

/** How long to wait after a setback; null: nothing is asked until a person acts. */
export function waitAfter(setback: Setback, chance: number): number | null {
  return WAITS[setback.class](setback, chance);
}

/** How long WeChat blocks an address after a refusal (wechat-facts.md 5a). */
export function blockOf(errcode: number | null): number {
  return errcode === REFUSED_TWICE ? 24 * HOUR : HOUR;
}

/** When force_refresh may be used `times` times, and why not now; null: now. `forcedAt` oldest first, ms. */
export function forceBarrier(
  forcedAt: readonly number[],
  now: number,
  times = 1,
): { reason: 'force-too-soon' | 'force-budget-used'; until: number } | null {
  const counted = forcedAt.filter((at) => at > now - FORCE_WINDOW);
  const last = counted.at(-1);
  const first = counted[counted.length - FORCE_BUDGET + times - 1];
  if (first !== undefined) return { reason: 'force-budget-used', until: first + FORCE_WINDOW };
  if (last !== undefined && Math.abs(now - last) < FORCE_GAP)
    return { reason: 'force-too-soon', until: last + FORCE_GAP };
  return null;
}
