/**
 * The life of a token as one pure function: (life, event, now) -> (life, effects). The rules are those of
 * design.md, "Rules of a token's life"; what a reply does is in answer.ts, what comes next in plan.ts, how long
 * each wait is in schedule.ts. `chance` is a random number in [0, 1) for the jitter.
 */
import { answered, overlapEnd } from './answer.ts';
import { blockedUntil, declineCall, declineForce, isDue } from './budget.ts';
import { checked, checkIfDue, firstCheck, nextCheck } from './check.ts';
import { begunDrill, drillCalling, isDrillDue, resumedDrill, stopped } from './drill.ts';
import {
  type Call,
  type CallTrigger,
  type Drill,
  type HeldToken,
  type Life,
  type LifeEvent,
  lives,
  type Question,
  type Standing,
  type Step,
  type Terms,
  type TokenRecord,
} from './life.ts';
import { after, earlier, left, type Moment, onWall } from './moment.ts';
import { afterRestart, refreshAhead } from './plan.ts';
import { RETURN_FLOOR, RETURN_SPREAD } from './schedule.ts';

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
  const isBuried = found.token !== null && found.token.obtainedAt === found.standing?.buried;
  const stored = found.token && !isBuried ? heldSince(found.token, now) : null;
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
    consent: found.standing?.consent ?? [],
    addresses: found.standing?.addresses ?? [],
    overwrittenAt: found.standing?.overwrittenAt ?? [],
    buried: found.standing?.buried ?? null,
    nextCheck: null,
    checking: null,
    lastCheck: null,
    drill: resumedDrill(found.standing?.drill ?? null, now),
  };
  const sure = !found.interrupted && !(found.token && found.token.obtainedAt > now.wall);
  const next = afterRestart(life, found.standing, sure, now, chance);
  return look({ ...life, next, nextCheck: firstCheck(life, now, chance) }, now);
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
    case 'network-back':
      return hurry(life, now, chance);
    case 'ask':
      return ask(life, event, now);
    case 'checked':
      return takeCheck(life, event, now, chance);
    case 'drill':
      return drill(life, event.actor, now);
    case 'terms':
      return obey(life, event, now, chance);
    case 'found':
      return find(life, event.token, now, chance);
    case 'adopted':
      return adopt(life, event.token, now, chance);
    case 'reply':
      return take(life, event, now, chance);
  }
}

/** Lets end what has ended, and asks when the time has come. */
function look(before: Life, now: Moment): Step {
  const life = buryTheDead(before, now);
  if (!life.leads) return { life, effects: [] };
  if (life.drill && isDrillDue(life, now)) return drillOn(life, life.drill, now);
  if (!life.next || !isDue(life, now)) return checkIfDue(life, now);
  return call(life, { trigger: life.next.trigger, actor: 'console', force: false }, now);
}

/** The network is back: a retry that waited for it leaves now, many accounts' spread over a moment. */
function hurry(life: Life, now: Moment, chance: number): Step {
  const { next, trouble, lastAttempt } = life;
  const waitedForIt = trouble?.class === 'transient' && lastAttempt?.outcome === 'failed';
  if (!waitedForIt || next === null) return look(life, now);
  const tooSoon = RETURN_FLOOR - Math.max(0, now.wall - lastAttempt.at);
  const soon = after(now, Math.max(tooSoon, RETURN_SPREAD * chance));
  return look({ ...life, next: { ...next, at: earlier(next.at, soon) } }, now);
}

/** The drill's next forced call. A person began it, so that a pause does not hold it up. */
function drillOn(life: Life, drill: Drill, now: Moment): Step {
  const isBlocked = blockedUntil(life, now) !== null;
  if (life.line !== 'stable' || isBlocked) return look({ ...life, drill: stopped(drill) }, now);
  const calling = drillCalling(drill, life.calls + 1);
  return call({ ...life, drill: calling }, { trigger: 'manual', actor: drill.actor, force: true }, now);
}

/** A person begins the leak drill: the first call leaves now, or when the one under way has ended. */
function drill(before: Life, actor: string, now: Moment): Step {
  const life = buryTheDead(before, now);
  if (life.line !== 'stable') {
    return { life, effects: [{ type: 'decline', code: 'stable-line-only', until: null }] };
  }
  const decline = declineCall(life, { trigger: 'manual', force: false }, now) ?? declineForce(life, now, 2);
  if (decline) return { life, effects: [{ type: 'decline', ...decline }] };
  return look({ ...life, drill: begunDrill(actor, now) }, now);
}

function takeCheck(
  before: Life,
  event: Extract<LifeEvent, { type: 'checked' }>,
  now: Moment,
  chance: number,
): Step {
  const { life, effects } = checked(buryTheDead(before, now), event, now, chance);
  const then = look(life, now);
  return { life: then.life, effects: [...effects, ...then.effects] };
}

function buryTheDead(life: Life, now: Moment): Life {
  const token = lives(life.token, now) ? life.token : null;
  const overlap = life.overlap && left(life.overlap.ends, now) > 0 ? life.overlap : null;
  return token === life.token && overlap === life.overlap ? life : { ...life, token, overlap };
}

/** A call leaves; whatever was planned is done with it. */
function call(life: Life, question: Question, now: Moment): Step {
  const id = life.calls + 1;
  const leaving: Call = { ...question, id, line: life.line, since: now };
  return {
    life: { ...life, call: leaving, calls: id, next: null, again: null },
    effects: [{ type: 'call', call: leaving }],
  };
}

/** Somebody asks: joined to the call under way where that is as good, declined for a reason, or asked at once. */
function ask(before: Life, question: Question, now: Moment): Step {
  const life = buryTheDead(before, now);
  const wanted = { ...question, force: question.force && life.line === 'stable' };
  const isJoined = life.call !== null && (life.call.force || !wanted.force);
  if (isJoined) return { life, effects: [] };
  const decline = declineCall(life, question, now);
  if (decline) return { life, effects: [{ type: 'decline', ...decline }] };
  return life.call ? { life: { ...life, again: wanted }, effects: [] } : call(life, wanted, now);
}

/** An administrator changed the terms: planned anew, and asked at once where the change is reason to. */
function obey(before: Life, event: Extract<LifeEvent, { type: 'terms' }>, now: Moment, chance: number): Step {
  const life = withChecks({ ...before, ...event.terms }, before, now, chance);
  const reason = reasonToAsk(before, life, event.because);
  const question = reason && { trigger: reason, actor: 'console', force: false };
  if (question && life.call) return { life: { ...life, again: life.again ?? question }, effects: [] };
  if (question) return call(life, question, now);
  const replan = life.leadMs !== before.leadMs || life.line !== before.line;
  if (!replan || life.call || life.trouble || !life.token) return look(life, now);
  return look({ ...life, next: refreshAhead(life, life.token, now, chance) }, now);
}

function withChecks(life: Life, before: Life, now: Moment, chance: number): Life {
  return life.checkMs === before.checkMs ? life : { ...life, nextCheck: nextCheck(life, now, chance) };
}

/** Which change asks for a token at once. During a refusal none does, nor while there is nothing to ask with. */
function reasonToAsk(
  before: Life,
  life: Life,
  because: 'secret-changed' | 'api-base' | null,
): CallTrigger | null {
  if (!life.leads || life.secret !== 'present' || life.trouble?.class === 'refused') return null;
  // The new secret was tried; a token that lives on the standard line is not killed for it.
  const isAtRest = life.line === 'standard' && life.token !== null && life.trouble === null;
  if (because === 'secret-changed') return isAtRest ? null : 'secret-changed';
  if (life.paused) return null;
  if (life.line !== before.line) return 'schedule';
  if (because === 'api-base') return life.trouble ? 'retry' : null;
  return null;
}

function find(before: Life, record: TokenRecord, now: Moment, chance: number): Step {
  const token = heldSince(record, now);
  if (before.token || before.call || !lives(token, now)) return look(before, now);
  const held: Life = { ...before, token };
  const life: Life = { ...held, nextCheck: firstCheck(held, now, chance) };
  return look(life.trouble ? life : { ...life, next: refreshAhead(life, token, now, chance) }, now);
}

/** Another console's newer token: handed out as its own, with the old one for the overlap, and kept. */
function adopt(before: Life, record: TokenRecord, now: Moment, chance: number): Step {
  const token = heldSince(record, now);
  const old = before.token;
  const isNews = token.accessToken !== old?.accessToken && token.obtainedAt >= (old?.obtainedAt ?? 0);
  if (!isNews || before.call || !lives(token, now) || token.obtainedAt === before.buried) {
    return look(before, now);
  }
  const overlap = old ? { accessToken: old.accessToken, ends: overlapEnd(old, now) } : before.overlap;
  const held: Life = { ...before, token, overlap, trouble: null, lastCheck: null };
  const next = refreshAhead(held, token, now, chance);
  const then = look({ ...held, next, nextCheck: firstCheck(held, now, chance) }, now);
  return { life: then.life, effects: [{ type: 'keep', token: record }, ...then.effects] };
}

function take(life: Life, event: Extract<LifeEvent, { type: 'reply' }>, now: Moment, chance: number): Step {
  if (event.callId !== life.call?.id) return { life, effects: [] };
  const taken = answered(buryTheDead(life, now), life.call, event.askedAt, event.reply, now, chance);
  const then = askAgain({ ...taken.life, again: null }, life.again, now);
  return { life: then.life, effects: [...taken.effects, ...then.effects] };
}

/** What the call that has ended did not answer is asked now, unless its reply is reason not to. */
function askAgain(life: Life, again: Question | null, now: Moment): Step {
  const isOver = again === null || (life.trouble?.class === 'refused' && !again.force);
  return isOver || declineCall(life, again, now) ? look(life, now) : call(life, again, now);
}
