/** Lives, moments and replies for tests of the keeper. */
import type { Terms } from '../../electron/keeper/life.ts';
import { begin, type Found } from '../../electron/keeper/lifecycle.ts';
import type { Moment } from '../../electron/keeper/moment.ts';
import type {
  CheckReply,
  Failed,
  Granted,
  Refused,
  ReplyClass,
  TokenReply,
} from '../../electron/wechat/wechat.ts';

export const START: Moment = { wall: 1_700_000_000_000, mono: 50_000 };
export const NOTHING: Found = { token: null, standing: null, interrupted: false };

export function terms(changes: Partial<Terms> = {}): Terms {
  return {
    line: 'standard',
    leadMs: 600_000,
    paused: false,
    checkMs: null,
    leads: true,
    secret: 'present',
    ...changes,
  };
}

/** `ms` later on both clocks. */
export function later(now: Moment, ms: number): Moment {
  return { wall: now.wall + ms, mono: now.mono + ms };
}

export function reply(
  outcome: Granted | Refused | Failed,
  askedAt = START.wall,
  durationMs = 100,
): TokenReply {
  return { ...outcome, askedAt, durationMs, wechatClock: null };
}

/** What WeChat says of a token: null, that it lives. */
export function checkReply(
  errcode: number | null,
  askedAt = START.wall,
  ip: string | null = null,
): CheckReply {
  const said: { outcome: 'valid' } | Refused =
    errcode === null ? { outcome: 'valid' } : refusal(errcode, 'unknown', ip);
  return { ...said, askedAt, durationMs: 100, wechatClock: null };
}

export function grant(accessToken: string, expiresIn = 7200): Granted {
  return { outcome: 'granted', accessToken, expiresIn };
}

export function refusal(errcode: number, class_: ReplyClass, ip: string | null = null): Refused {
  return { outcome: 'refused', class: class_, errcode, errmsg: 'said no', rid: null, hint: null, ip };
}

export const noAnswer: Failed = {
  outcome: 'failed',
  class: 'transient',
  reason: 'timeout',
  errmsg: 'timeout: none',
};

/** A life that has just been begun, with its first call under way. */
export function asking(changes: Partial<Terms> = {}) {
  return begin(terms(changes), NOTHING, START, 0).life;
}
