/**
 * Whether somebody else refreshed: WeChat tells nobody when a token is overwritten, so it is asked from time to
 * time with one cheap call, and what it says of the current token is taken here. Pure.
 */
import type { TokenCheck } from '../console/contract.ts';
import type { CheckReply } from '../wechat/wechat.ts';
import { reported } from './addresses.ts';
import { isAskable, mayCheck } from './budget.ts';
import { type Effect, type HeldToken, type Life, type LifeEvent, lives, standingOf } from './life.ts';
import { after, type Deadline, left, type Moment } from './moment.ts';
import { CHECK_SOON, HOUR, untilCheck } from './schedule.ts';

/** What a call is answered once its token is dead (wechat-facts.md 3d). */
const DEAD: ReadonlySet<number> = new Set([40001, 40014, 42001]);
const REMEMBERED = 24 * HOUR;

/** When to ask about a token that was just granted, or checked; null: never. */
export function nextCheck(life: Life, now: Moment, chance: number): Deadline | null {
  return life.token && life.checkMs !== null ? after(now, untilCheck(life.checkMs, chance)) : null;
}

/** When to ask about a token taken from the vault: soon, for it may have been overwritten meanwhile. */
export function firstCheck(life: Life, now: Moment, chance: number): Deadline | null {
  return life.token && life.checkMs !== null ? after(now, CHECK_SOON * (1 + chance)) : null;
}

/** The life with its check under way, if one is due. */
export function checkIfDue(life: Life, now: Moment): { life: Life; effects: readonly Effect[] } {
  const isDue = life.nextCheck !== null && left(life.nextCheck, now) <= 0;
  if (!isDue || !mayCheck(life) || !lives(life.token, now)) return { life, effects: [] };
  const { accessToken } = life.token;
  return {
    life: { ...life, nextCheck: null, checking: accessToken },
    effects: [{ type: 'check', accessToken }],
  };
}

type Checked = Extract<LifeEvent, { type: 'checked' }>;

/** The life after a check; a token that turned out to be dead before its time is asked for anew at once. */
export function checked(
  life: Life,
  event: Checked,
  now: Moment,
  chance: number,
): { life: Life; effects: readonly Effect[] } {
  const { reply, accessToken } = event;
  const current = life.token?.accessToken === accessToken ? life.token : null;
  const result = resultOf(reply);
  const told: Life = {
    ...life,
    ...(reply.outcome === 'refused' && heard(life, reply)),
    checking: life.checking === accessToken ? null : life.checking,
  };
  const judged = current ? afterVerdict({ ...told, token: current }, result, reply, now, chance) : told;
  const isOverwritten = current !== null && result === 'dead';
  const isWorthARow = event.actor === 'admin' || isOverwritten || isNews(life, event, result);
  const note: Effect = {
    ...{ type: 'note', actor: event.actor, accessToken, reply },
    standing: standingOf(judged),
  };
  return { life: judged, effects: isWorthARow ? [note] : [] };
}

/** The times of a day at which a token was found dead before its end, with one more. */
export function overwritten(times: readonly number[], at: number): readonly number[] {
  return [...times, at].filter((each) => each > at - REMEMBERED);
}

/** Servers may ask as often as they like: what is known already is one row, not one for each question. */
function isNews({ lastCheck }: Life, { reply, actor }: Checked, result: TokenCheck['result']): boolean {
  const errcode = reply.outcome === 'refused' ? reply.errcode : null;
  if (lastCheck?.result === result && lastCheck.errcode === errcode) return false;
  return actor !== 'console' || reply.outcome === 'refused';
}

function resultOf(reply: CheckReply): TokenCheck['result'] {
  if (reply.outcome === 'valid') return 'valid';
  return reply.outcome === 'refused' && DEAD.has(reply.errcode) ? 'dead' : 'unknown';
}

function heard(life: Life, reply: Extract<CheckReply, { outcome: 'refused' }>) {
  const { ip, askedAt } = reply;
  return { callerIp: ip ?? life.callerIp, addresses: reported(life.addresses, ip, askedAt) };
}

function afterVerdict(
  life: Life & { readonly token: HeldToken },
  result: TokenCheck['result'],
  reply: CheckReply,
  now: Moment,
  chance: number,
): Life {
  const errcode = reply.outcome === 'refused' ? reply.errcode : null;
  const seen = { ...life, lastCheck: { at: reply.askedAt, result, errcode } };
  if (result !== 'dead') return { ...seen, nextCheck: nextCheck(seen, now, chance) };
  return {
    ...seen,
    ...{ token: null, overlap: null, nextCheck: null },
    overwrittenAt: overwritten(life.overwrittenAt, reply.askedAt),
    buried: life.token.obtainedAt,
    next: life.call === null && isAskable(life) ? { at: now, trigger: 'passive' } : life.next,
  };
}
