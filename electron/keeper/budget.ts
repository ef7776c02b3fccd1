/**
 * The budget of calls to WeChat: every call passes here before it leaves, whoever wants it. WeChat counts calls, blocks
 * an address that goes on asking after a refusal, and asks an administrator anew with every call it does not trust
 * (wechat-facts.md 5a); so what a business server may cause is what the plan allows anyway. Pure.
 */
import type { DeclineCode, HeldToken, Life, Question, Trouble } from './life.ts';
import { left, type Moment } from './moment.ts';
import { forceBarrier, MINUTE, SECOND } from './schedule.ts';

/** So soon after WeChat was last asked, a token is replaced only when a check shows that it is dead. */
const GUARD = MINUTE;
/** A check as young as this is not repeated, whatever it said: servers that keep asking must not become calls. */
const CHECK_HOLDS = 10 * SECOND;

/** While the address itself is in question, a call nobody asked for may only make it worse. */
const SILENT: ReadonlySet<Trouble['class']> = new Set(['refused', 'awaiting-admin', 'not-whitelisted']);
/** Troubles in which a token may be asked for before its time; in all others the plan, or a person, says when. */
const ASKABLE: ReadonlySet<Trouble['class']> = new Set(['transient']);

export interface Decline {
  readonly code: DeclineCode;
  /** Wall clock, ms; null: until a person acts. */
  readonly until: number | null;
}

/** Why this console makes no call for a token now; null: it may. What is planned asks `isDue`. */
export function declineCall(
  life: Life,
  question: Pick<Question, 'trigger' | 'force'>,
  now: Moment,
): Decline | null {
  if (!life.leads) return { code: 'follows-another', until: null };
  if (life.secret !== 'present') return { code: `secret-${life.secret}`, until: null };
  const block = blockedUntil(life, now);
  if (block !== null && !question.force) return { code: 'blocked-by-refusal', until: block };
  if (question.trigger === 'passive' && (life.paused || !isAskable(life))) {
    return { code: 'waits-for-plan', until: life.paused ? null : (life.next?.at.wall ?? null) };
  }
  return question.force && life.line === 'stable' ? declineForce(life, now, 1) : null;
}

/** Why `times` forced refreshes in a row are not to be had now; null: they are. */
export function declineForce(life: Life, now: Moment, times: number): Decline | null {
  const barrier = forceBarrier(life.forcedAt, now.wall, times);
  return barrier && { code: barrier.reason, until: barrier.until };
}

/** Whether the call that is planned leaves now. */
export function isDue(life: Life, now: Moment): boolean {
  const isTime = life.next !== null && left(life.next.at, now) <= 0;
  return isTime && life.leads && !life.paused && life.call === null && life.secret === 'present';
}

/** The end of WeChat's block after a refusal, wall clock; null when there is none now. */
export function blockedUntil({ trouble }: Life, now: Moment): number | null {
  const until = trouble?.until ?? null;
  return until !== null && now.wall < until ? until : null;
}

/** Whether a token may be asked for now because the one there is was found dead. */
export function isAskable({ trouble }: Life): boolean {
  return trouble === null || ASKABLE.has(trouble.class);
}

/** Whether a check nobody asked for may leave, once its time has come. */
export function mayCheck(life: Life): boolean {
  const isQuiet = life.trouble === null || !SILENT.has(life.trouble.class);
  const isIdle = life.call === null && life.checking === null;
  return life.leads && isQuiet && isIdle && life.token !== null && !life.paused;
}

/**
 * What is done for a business server that found the current token dead: WeChat is asked for another; or first whether
 * the token lives, where another was had just now; or neither, because what is known is young enough.
 */
export function answerToStale(life: Life, token: HeldToken, now: Moment): 'ask' | 'check' | 'known' {
  const asked = Math.max(token.obtainedAt, life.lastAttempt?.at ?? 0);
  if (now.wall - asked >= GUARD) return 'ask';
  const isKnown = life.lastCheck !== null && now.wall - life.lastCheck.at < CHECK_HOLDS;
  return isKnown || !mayCheck(life) ? 'known' : 'check';
}
