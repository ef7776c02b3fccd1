/**
 * The life of a token as one pure function: (life, event, now) -> (life, effects). The rules are those of
 * design.md, "Rules of a token's life"; what a reply does is in answer.ts, what comes next in plan.ts, how long
 * each wait is in schedule.ts. `chance` is a random number in [0, 1) for the jitter.
 */
import { answered } from './answer.ts';
import {
  type Call,
  type CallTrigger,
  type Effect,
  type HeldToken,
  type Life,
  type LifeEvent,
  lives,
  type Standing,
  type Step,
  type Terms,
  type TokenRecord,
} from './life.ts';
import { left, type Moment, onWall } from './moment.ts';
import { afterRestart, refreshAhead } from './plan.ts';
import { forceBarrier } from './schedule.ts';

/** What was found at the start of the process. */
export interface Found {
  readonly token: TokenRecord | null;
  readonly standing: Standing | null;
  /** Whether a call was under way that never reported its end: it may have killed the stored token. */
  readonly interrupted: boolean;
}

/**
 * A life taken up where the last process left it. The stored token is used while it lives: refreshing it would
 * kill the one that business servers hold.
 */
export function begin(terms: Terms, found: Found, now: Moment, chance: number): Step {
  const stored = found.token && heldSince(found.token, now);
  const life: Life = {
    ...terms,
    token: lives(stored, now) ? stored : null,
    overlap: null,
    call: null,
    calls: 0,
    again: null,
    trouble: found.standing?.trouble ?? null,
    next: null,
    lastAttempt: found.standing?.lastAttempt ?? null,
    callerIp: found.standing?.callerIp ?? null,
    forcedAt: found.standing?.forcedAt ?? [],
  };
  const sure = !found.interrupted && !(found.token && found.token.obtainedAt > now.wall);
  return look({ ...life, next: afterRestart(life, found.standing, sure, now, chance) }, now);
}

/** A stored token. By a clock that was set back since, it may not seem to live longer than its whole life. */
function heldSince(record: TokenRecord, now: Moment): HeldToken {
  const span = record.expiresAt - record.obtainedAt;
  return { ...record, ends: onWall(Math.min(record.expiresAt, now.wall + span), now) };
}

/** One step of a life. An event that no longer matters changes nothing. */
export function step(life: Life, event: LifeEvent, now: Moment, chance: number): Step {
  switch (event.type) {
    case 'alarm':
      return look(life, now);
    case 'ask':
      return ask(life, event, now);
    case 'terms':
      return obey(life, event, now, chance);
    case 'found':
      return find(life, event.token, now, chance);
    case 'reply':
      return take(life, event, now, chance);
  }
}

/** Lets end what has ended, and asks when the time has come. */
function look(before: Life, now: Moment): Step {
  const life = buryTheDead(before, now);
  const due = life.next !== null && left(life.next.at, now) <= 0;
  if (!due || life.call || life.paused || life.secret !== 'present') return { life, effects: [] };
  return call(life, { trigger: life.next.trigger, actor: 'console', force: false }, now);
}

function buryTheDead(life: Life, now: Moment): Life {
  const token = lives(life.token, now) ? life.token : null;
  const overlap = life.overlap && left(life.overlap.ends, now) > 0 ? life.overlap : null;
  return token === life.token && overlap === life.overlap ? life : { ...life, token, overlap };
}

type Question = Pick<Call, 'trigger' | 'actor' | 'force'>;

/** A call leaves; whatever was planned is done with it. */
function call(life: Life, question: Question, now: Moment): Step {
  const id = life.calls + 1;
  const leaving: Call = { ...question, id, line: life.line, since: now };
  return {
    life: { ...life, call: leaving, calls: id, next: null, again: null },
    effects: [{ type: 'call', call: leaving }],
  };
}

/** Somebody asks: joined to the call under way, declined for a reason, or asked at once. */
function ask(before: Life, question: Question, now: Moment): Step {
  const life = buryTheDead(before, now);
  if (life.call) return { life, effects: [] };
  const refusal = declined(life, question, now);
  if (refusal) return { life, effects: [refusal] };
  return call(life, { ...question, force: question.force && life.line === 'stable' }, now);
}

function declined(life: Life, question: Question, now: Moment): Effect | null {
  if (life.secret !== 'present') return { type: 'decline', code: `secret-${life.secret}`, until: null };
  const until = life.trouble?.until ?? null;
  if (until !== null && now.wall < until && !question.force) {
    return { type: 'decline', code: 'blocked-by-refusal', until };
  }
  const barrier = question.force && life.line === 'stable' ? forceBarrier(life.forcedAt, now.wall) : null;
  return barrier && { type: 'decline', code: barrier.reason, until: barrier.until };
}

/** An administrator changed the terms: planned anew, and asked at once where the change is reason to. */
function obey(before: Life, event: Extract<LifeEvent, { type: 'terms' }>, now: Moment, chance: number): Step {
  const life: Life = { ...before, ...event.terms };
  const reason = reasonToAsk(before, life, event.because);
  if (reason && life.call) return { life: { ...life, again: reason }, effects: [] };
  if (reason) return call(life, { trigger: reason, actor: 'console', force: false }, now);
  const replan = life.leadMs !== before.leadMs || life.line !== before.line;
  if (!replan || life.call || life.trouble || !life.token) return look(life, now);
  return look({ ...life, next: refreshAhead(life, life.token, now, chance) }, now);
}

/** Which change asks for a token at once. During a refusal none does, nor while there is nothing to ask with. */
function reasonToAsk(
  before: Life,
  life: Life,
  because: 'secret-changed' | 'api-base' | null,
): CallTrigger | null {
  if (life.secret !== 'present' || life.trouble?.class === 'refused') return null;
  if (because === 'secret-changed') return 'secret-changed';
  if (life.paused) return null;
  if (life.line !== before.line) return 'schedule';
  if (because === 'api-base') return life.trouble ? 'retry' : null;
  return null;
}

function find(before: Life, record: TokenRecord, now: Moment, chance: number): Step {
  const token = heldSince(record, now);
  if (before.token || before.call || !lives(token, now)) return look(before, now);
  const life: Life = { ...before, token };
  return look(life.trouble ? life : { ...life, next: refreshAhead(life, token, now, chance) }, now);
}

function take(life: Life, event: Extract<LifeEvent, { type: 'reply' }>, now: Moment, chance: number): Step {
  if (event.callId !== life.call?.id) return { life, effects: [] };
  const taken = answered(buryTheDead(life, now), life.call, event.askedAt, event.reply, now, chance);
  const again = taken.life.trouble?.class === 'refused' ? null : life.again;
  const next = again ? { at: now, trigger: again } : taken.life.next;
  const then = look({ ...taken.life, again: null, next }, now);
  return { life: then.life, effects: [...taken.effects, ...then.effects] };
}
