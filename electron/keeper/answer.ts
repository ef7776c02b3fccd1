/** What a reply does to a life: a grant swaps the token, a setback never touches a live one. Pure. */
import type { Granted, TokenReply } from '../wechat/wechat.ts';
import { reported, worked } from './addresses.ts';
import { nextCheck, overwritten } from './check.ts';
import { afterAwaiting, afterConsent, afterRefusal } from './consent.ts';
import { drillAfter } from './drill.ts';
import {
  type Attempt,
  type Call,
  type Effect,
  type HeldToken,
  type Life,
  lives,
  type Step,
  standingOf,
  type Trouble,
} from './life.ts';
import { after, type Deadline, earlier, type Moment } from './moment.ts';
import { afterGrant, afterSetback } from './plan.ts';
import { blockOf, OVERLAP, SECOND } from './schedule.ts';

/** What a transport fault does not end: WeChat's last word still stands, and so does its slower pace. */
const STEADY: ReadonlySet<Trouble['class']> = new Set([
  'quota',
  'not-whitelisted',
  'awaiting-admin',
  'refused',
]);

/** The life after the reply to the call under way, with the effects in their order: vault, then ledger. */
export function answered(
  life: Life,
  call: Call,
  askedAt: Moment,
  reply: TokenReply,
  now: Moment,
  chance: number,
): Step {
  const attempt = attemptOf(call, reply);
  const idle: Life = {
    ...life,
    call: null,
    lastAttempt: attempt,
    callerIp: attempt.ip ?? life.callerIp,
    addresses: reported(life.addresses, attempt.ip, attempt.at),
    forcedAt:
      call.force && reply.outcome !== 'refused' ? [...life.forcedAt.slice(-50), askedAt.wall] : life.forcedAt,
  };
  const token = reply.outcome === 'granted' ? tokenOf(idle, call, askedAt, reply) : null;
  const turned = lives(token, now)
    ? granted(withOverwrite(idle, call, token, attempt), token, attempt, now, chance)
    : setBack(idle, call, { reply, attempt }, now, chance);
  const isNew = turned.token !== null && turned.token.accessToken !== idle.token?.accessToken;
  const next: Life = { ...turned, drill: drillAfter(idle, call, askedAt, isNew) };
  const record: Effect = {
    type: 'record',
    call,
    attempt,
    granted: reply.outcome === 'granted' ? reply : null,
    standing: standingOf(next),
  };
  if (next.token === idle.token || next.token === null) return { life: next, effects: [record] };
  const { ends: _, ...kept } = next.token;
  return { life: next, effects: [{ type: 'keep', token: kept }, record] };
}

/** The granted token; the same one again keeps the time it was first obtained, by a clock not set back since. */
function tokenOf(life: Life, call: Call, askedAt: Moment, reply: Granted): HeldToken {
  const ends = after(askedAt, reply.expiresIn * SECOND);
  const same = life.token?.accessToken === reply.accessToken ? life.token : null;
  return {
    accessToken: reply.accessToken,
    obtainedAt: Math.min(same?.obtainedAt ?? askedAt.wall, askedAt.wall),
    expiresAt: ends.wall,
    line: call.line,
    ends,
  };
}

/** A business server found the token dead before its time, and WeChat gave another: somebody else refreshed. */
function withOverwrite(life: Life, call: Call, token: HeldToken, { at }: Attempt): Life {
  const isReplaced = life.token !== null && life.token.accessToken !== token.accessToken;
  return call.trigger === 'passive' && isReplaced
    ? { ...life, overwrittenAt: overwritten(life.overwrittenAt, at) }
    : life;
}

/** How long WeChat honours a token that was just replaced: five minutes, though never beyond its own end. */
export function overlapEnd(old: HeldToken, now: Moment): Deadline {
  return earlier(after(now, OVERLAP), old.ends);
}

function granted(life: Life, token: HeldToken, { at }: Attempt, now: Moment, chance: number): Life {
  const old = life.token;
  const swapped = old !== null && old.accessToken !== token.accessToken;
  const overlap = swapped ? { accessToken: old.accessToken, ends: overlapEnd(old, now) } : life.overlap;
  const fresh: Life = {
    ...{ ...life, token, overlap, trouble: null },
    lastCheck: swapped ? null : life.lastCheck,
    consent: afterConsent(life.consent, at),
    addresses: worked(life.addresses, at),
  };
  const checks = nextCheck(fresh, now, chance);
  return { ...fresh, next: afterGrant(fresh, token, now, chance), nextCheck: checks };
}

interface Setback {
  readonly reply: TokenReply;
  readonly attempt: Attempt;
}

function setBack(life: Life, call: Call, { reply, attempt }: Setback, now: Moment, chance: number): Life {
  const trouble = troubleAfter(life, call, reply, now);
  const consent = reply.outcome === 'refused' ? consentAfter(life, reply.class, attempt) : life.consent;
  return { ...life, consent, trouble, next: afterSetback(life, trouble, now, chance) };
}

function consentAfter({ consent }: Life, met: Trouble['class'], attempt: Attempt): Life['consent'] {
  if (met === 'awaiting-admin') return afterAwaiting(consent, attempt);
  return met === 'refused' ? afterRefusal(consent, attempt) : consent;
}

function troubleAfter(life: Life, call: Call, reply: TokenReply, now: Moment): Trouble {
  const before = life.trouble;
  const met = setbackOf(reply);
  const probes = (before?.probes ?? 0) + (call.trigger === 'probe' ? 1 : 0);
  if (before && outlasts(before, met.class, now)) return { ...before, probes };
  const same = before?.class === met.class ? before : null;
  return {
    ...met,
    since: same?.since ?? now.wall,
    count: (same?.count ?? 0) + 1,
    probes: same ? probes : 0,
    until: met.class === 'refused' ? blockEnd(same, met.errcode, now) : null,
    ip: met.ip ?? life.callerIp,
  };
}

/**
 * Whether a trouble is still the truth after a setback of another class. A block lasts to its end whatever a
 * forced call meets, unless WeChat asks the administrator anew.
 */
function outlasts(before: Trouble, met: Trouble['class'], now: Moment): boolean {
  const blocked = before.until !== null && now.wall < before.until;
  if (blocked) return met !== 'refused' && met !== 'awaiting-admin';
  return met === 'transient' && STEADY.has(before.class);
}

/** The same refusal met again inside its block does not start the block anew. */
function blockEnd(same: Trouble | null, errcode: number | null, now: Moment): number {
  const until = same?.errcode === errcode ? same.until : null;
  return until !== null && now.wall < until ? until : now.wall + blockOf(errcode);
}

function setbackOf(reply: TokenReply): Pick<Trouble, 'class' | 'errcode' | 'ip'> {
  if (reply.outcome === 'refused') return { class: reply.class, errcode: reply.errcode, ip: reply.ip };
  return { class: 'transient', errcode: null, ip: null };
}

function attemptOf(call: Call, reply: TokenReply): Attempt {
  const refused = reply.outcome === 'refused' ? reply : null;
  return {
    at: reply.askedAt,
    trigger: call.trigger,
    outcome: reply.outcome,
    errcode: refused?.errcode ?? null,
    errmsg: reply.outcome === 'granted' ? null : reply.errmsg,
    rid: refused?.rid ?? null,
    ip: refused?.ip ?? null,
    durationMs: reply.durationMs,
  };
}
