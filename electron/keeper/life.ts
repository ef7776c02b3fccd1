/** The life of one account's token: what the keeper knows, what can happen to it, what it wants done. */
import { z } from 'zod';
import {
  type AccountView,
  type CallerAddress,
  type ConfirmationStep,
  errorClass,
  type TokenCheck,
  type TokenLine,
} from '../console/contract.ts';
import type { CheckReply, ReplyClass, TokenReply } from '../wechat/wechat.ts';
import type { Deadline, Moment } from './moment.ts';

/** What the vault keeps of a token, in one piece: a token without its end is worthless (wechatpy#684). */
export const tokenRecord = z.object({
  accessToken: z.string().min(1),
  /** Wall clock before the request that first brought it. */
  obtainedAt: z.int(),
  expiresAt: z.int(),
  line: z.enum(['standard', 'stable']),
});
export type TokenRecord = z.infer<typeof tokenRecord>;

export interface HeldToken extends TokenRecord {
  readonly ends: Deadline;
}

/** Why the console has no quiet plan: the class of the last setback and how long it has been so. */
const trouble = z.object({
  class: errorClass.exclude(['use']) satisfies z.ZodType<ReplyClass>,
  errcode: z.int().nullable(),
  since: z.int(),
  count: z.int(),
  probes: z.int(),
  /** End of WeChat's block, wall clock; only a refusal has one. */
  until: z.int().nullable(),
  ip: z.string().nullable(),
});
export type Trouble = z.infer<typeof trouble>;

const attempt = z.object({
  at: z.int(),
  trigger: z.enum(['startup', 'schedule', 'manual', 'passive', 'retry', 'probe', 'secret-changed']),
  outcome: z.enum(['granted', 'refused', 'failed']),
  errcode: z.int().nullable(),
  errmsg: z.string().nullable(),
  rid: z.string().nullable(),
  ip: z.string().nullable(),
  durationMs: z.number(),
}) satisfies z.ZodType<NonNullable<AccountView['lastAttempt']>>;
export type Attempt = z.infer<typeof attempt>;
export type CallTrigger = Attempt['trigger'];

const consentStep = z.object({
  step: z.enum(['asked', 'waiting', 'confirmed', 'refused-once', 'refused-twice']),
  at: z.int(),
  times: z.int(),
  errcode: z.int().nullable(),
  ip: z.string().nullable(),
}) satisfies z.ZodType<ConfirmationStep>;
export type ConsentStep = z.infer<typeof consentStep>;

const address = z.object({
  ip: z.string(),
  firstSeenAt: z.int(),
  lastSeenAt: z.int(),
  workedAt: z.int().nullable(),
}) satisfies z.ZodType<CallerAddress>;
export type Address = z.infer<typeof address>;

const storedDrill = z.object({
  state: z.enum(['first', 'waiting', 'second', 'done', 'stopped']),
  since: z.int(),
  nextAt: z.int().nullable(),
  actor: z.string(),
});
export type StoredDrill = z.infer<typeof storedDrill>;

/**
 * What must be found again after a restart: a refusal's end and the probes used outlive the process. What a
 * later version added has a default, so that an older console's standing is still understood.
 */
export const standing = z.object({
  trouble: trouble.nullable(),
  nextAt: z.int().nullable(),
  lastAttempt: attempt.nullable(),
  callerIp: z.string().nullable(),
  forcedAt: z.array(z.int()),
  consent: z.array(consentStep).default([]),
  addresses: z.array(address).default([]),
  overwrittenAt: z.array(z.int()).default([]),
  /** `obtainedAt` of a token that WeChat called dead before its time; the vault may still hold it. */
  buried: z.int().nullable().default(null),
  drill: storedDrill.nullable().default(null),
});
export type Standing = z.infer<typeof standing>;

/** What an administrator sets; the keeper obeys. */
export interface Terms {
  readonly line: TokenLine;
  readonly leadMs: number;
  readonly paused: boolean;
  /** How often WeChat is asked whether the token still lives; null: never. */
  readonly checkMs: number | null;
  /** Whether this console asks for the account; one that follows another keeps what it is given. */
  readonly leads: boolean;
  /** Whether the AppSecret is at hand. */
  readonly secret: 'present' | 'missing' | 'locked';
}

export interface Question {
  readonly trigger: CallTrigger;
  readonly actor: string;
  readonly force: boolean;
}

export interface Call extends Question {
  readonly id: number;
  readonly line: TokenLine;
  readonly since: Moment;
}

/** Two forced refreshes in a row; `at`: when the next of them is due, `callId`: the one under way. */
export interface Drill extends Pick<StoredDrill, 'state' | 'since' | 'actor'> {
  readonly at: Deadline | null;
  readonly callId: number | null;
}

export interface Life extends Terms {
  readonly token: HeldToken | null;
  /** The token before, which WeChat honours for five more minutes. */
  readonly overlap: { readonly accessToken: string; readonly ends: Deadline } | null;
  readonly call: Call | null;
  readonly calls: number;
  /** A question that the call under way does not answer: it is outdated, or not forced. Asked when it has ended. */
  readonly again: Question | null;
  readonly trouble: Trouble | null;
  readonly next: { readonly at: Deadline; readonly trigger: CallTrigger } | null;
  readonly lastAttempt: Attempt | null;
  readonly callerIp: string | null;
  /** When force_refresh was used, wall clock, oldest first. */
  readonly forcedAt: readonly number[];
  /** The risk confirmation so far, oldest first. */
  readonly consent: readonly ConsentStep[];
  /** The addresses WeChat reported, last seen first. */
  readonly addresses: readonly Address[];
  /** When a token was found dead before its time, wall clock, oldest first. */
  readonly overwrittenAt: readonly number[];
  readonly buried: number | null;
  readonly nextCheck: Deadline | null;
  /** The token whose check is under way. */
  readonly checking: string | null;
  /** What WeChat last said of the current token, or of the one before it if that was found dead. */
  readonly lastCheck: TokenCheck | null;
  readonly drill: Drill | null;
}

export type LifeEvent =
  | { readonly type: 'alarm' }
  /** The machine has a network again. */
  | { readonly type: 'network-back' }
  | ({ readonly type: 'ask' } & Question)
  | { readonly type: 'reply'; readonly callId: number; readonly askedAt: Moment; readonly reply: TokenReply }
  /** What WeChat said of `accessToken`, whoever asked. */
  | {
      readonly type: 'checked';
      readonly accessToken: string;
      readonly actor: string;
      readonly reply: CheckReply;
    }
  /** A person knows that a token leaked. */
  | { readonly type: 'drill'; readonly actor: string }
  /** A token that the console which leads has obtained. */
  | { readonly type: 'adopted'; readonly token: TokenRecord }
  /** The vault could be read after all: a token that still lives is used, not refreshed. */
  | { readonly type: 'found'; readonly token: TokenRecord }
  | { readonly type: 'terms'; readonly terms: Terms; readonly because: 'secret-changed' | 'api-base' | null };

export type Effect =
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'keep'; readonly token: TokenRecord }
  | {
      readonly type: 'record';
      readonly call: Call;
      readonly attempt: Attempt;
      readonly granted: { readonly accessToken: string; readonly expiresIn: number } | null;
      readonly standing: Standing;
    }
  | { readonly type: 'check'; readonly accessToken: string }
  /** A check worth a row of the history. */
  | {
      readonly type: 'note';
      readonly actor: string;
      readonly accessToken: string;
      readonly reply: CheckReply;
      readonly standing: Standing;
    }
  | { readonly type: 'decline'; readonly code: DeclineCode; readonly until: number | null };

export type DeclineCode =
  | 'blocked-by-refusal'
  | 'force-too-soon'
  | 'force-budget-used'
  | 'stable-line-only'
  | 'follows-another'
  | 'waits-for-plan'
  | 'secret-missing'
  | 'secret-locked';

export interface Step {
  readonly life: Life;
  readonly effects: readonly Effect[];
}

export function lives(token: HeldToken | null, now: Moment): token is HeldToken {
  return token !== null && token.ends.wall > now.wall && token.ends.mono > now.mono;
}

/** What a restart must know of this life. */
export function standingOf(life: Life): Standing {
  const { trouble, next, lastAttempt, callerIp, forcedAt, consent, addresses, overwrittenAt, buried } = life;
  return {
    trouble,
    nextAt: next?.at.wall ?? null,
    lastAttempt,
    callerIp,
    forcedAt: [...forcedAt],
    consent: [...consent],
    addresses: [...addresses],
    overwrittenAt: [...overwrittenAt],
    buried,
    drill: storedDrillOf(life.drill),
  };
}

function storedDrillOf(drill: Drill | null): StoredDrill | null {
  if (!drill) return null;
  const { state, since, actor, at } = drill;
  return { state, since, actor, nextAt: at?.wall ?? null };
}
