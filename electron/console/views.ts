/** What the console shows, as schemas. Part of the contract (contract.ts), and read through it. */
import { z } from 'zod';

/** How often WeChat is asked whether the current token still lives; 0: never. */
export const checkMinutes = z.literal([0, 1, 5, 15]);
export const errcode = z.int();
/** Milliseconds since the Unix epoch, UTC. */
export const time = z.int().nonnegative();

export const accountKind = z.enum(['official', 'mini']);
export const tokenLine = z.enum(['standard', 'stable']);
export const phase = z.enum([
  'new',
  'refreshing',
  'live',
  'retrying',
  'awaiting-admin',
  'refused',
  'needs-attention',
  'paused',
]);
export const trigger = z.enum([
  'startup',
  'schedule',
  'manual',
  'passive',
  'retry',
  'probe',
  'secret-changed',
  'reveal',
  'copy',
  'verify',
]);
/** `refused`: WeChat answered with an errcode. `failed`: no usable answer; errmsg then begins `reason: `. */
export const outcome = z.enum(['granted', 'refused', 'failed']);

/** What the class of a reply is called in design.md; `use`: met when a token is used, never when one is asked for. */
export const errorClass = z.enum([
  'transient',
  'quota',
  'not-whitelisted',
  'awaiting-admin',
  'refused',
  'secret',
  'account',
  'unknown',
  'use',
]);

export const attempt = z.object({
  at: time,
  trigger,
  outcome,
  errcode: errcode.nullable(),
  errmsg: z.string().nullable(),
  rid: z.string().nullable(),
  ip: z.string().nullable(),
  durationMs: z.number(),
});

const confirmation = z.object({
  state: z.enum(['awaiting', 'refused-once', 'refused-twice']),
  ip: z.string().nullable(),
  since: time,
  until: time.nullable(),
  nextProbeAt: time.nullable(),
  /** How many probes the console may still make by itself; 0 in a refusal. */
  probesLeft: z.int(),
});

/**
 * One step of the risk confirmation as the console met it, `at` the attempt that showed it: WeChat tells nobody
 * when the administrator decided. `waiting` stands for every later attempt that was answered the same, `times` of them.
 */
const confirmationStep = z.object({
  step: z.enum(['asked', 'waiting', 'confirmed', 'refused-once', 'refused-twice']),
  at: time,
  times: z.int(),
  errcode: errcode.nullable(),
  ip: z.string().nullable(),
});

/** An address WeChat reported. `workedAt`: the last grant while no other address had been reported since. */
const callerAddress = z.object({
  ip: z.string(),
  firstSeenAt: time,
  lastSeenAt: time,
  workedAt: time.nullable(),
});

/**
 * What WeChat last said of the current token, or of the one before it if that was found dead; `unknown`: no answer,
 * or one that says nothing of the token.
 */
const tokenCheck = z.object({
  at: time,
  result: z.enum(['valid', 'dead', 'unknown']),
  errcode: errcode.nullable(),
});

/** Two forced refreshes in a row, so that a leaked token dies at once. `stopped`: the call that was due got no token. */
const leakDrill = z.object({
  state: z.enum(['first', 'waiting', 'second', 'done', 'stopped']),
  since: time,
  /** When the second call leaves; null unless `waiting`. */
  nextAt: time.nullable(),
});

export const accountView = z.object({
  appId: z.string(),
  name: z.string(),
  kind: accountKind,
  line: tokenLine,
  apiBase: z.string(),
  leadSeconds: z.int(),
  phase,
  secret: z.enum(['stored', 'session-only', 'missing', 'locked']),
  /** `fingerprint`: the first 8 hex digits of the token's SHA-256. */
  token: z
    .object({ fingerprint: z.string(), obtainedAt: time, expiresAt: time, expiresIn: z.int() })
    .nullable(),
  previousToken: z.object({ fingerprint: z.string(), usableUntil: time }).nullable(),
  /** null: nothing is planned without a person. */
  nextAttemptAt: time.nullable(),
  lastAttempt: attempt.nullable(),
  confirmation: confirmation.nullable(),
  callerIp: z.string().nullable(),
  /** Why there is no quiet plan: the class of the last setback that still stands, and since when. */
  trouble: z.object({ class: errorClass, errcode: errcode.nullable(), since: time }).nullable(),
  checkMinutes,
  lastCheck: tokenCheck.nullable(),
  /** When a token was found dead before its time, oldest first: the last 24 hours at least. */
  overwrittenAt: z.array(time),
  /** The stable line's force_refresh: when it was used, oldest first, and WeChat's limits. null: standard line. */
  force: z.object({ usedAt: z.array(time), perDay: z.int(), gapSeconds: z.int() }).nullable(),
  drill: leakDrill.nullable(),
  /** Who asks WeChat, where several consoles share a Redis: this one (`alone`, `leading`) or another (`following`). */
  role: z.enum(['alone', 'leading', 'following']),
  /** The risk confirmation so far, oldest first; kept after it ended. */
  confirmationSteps: z.array(confirmationStep),
  /** The addresses WeChat reported, last seen first. */
  addresses: z.array(callerAddress),
});

export const historyRow = z.object({
  id: z.int(),
  appId: z.string(),
  at: time,
  trigger,
  /** Who asked: `console` for its own timer, `admin` for a person, later a client's name. */
  actor: z.string(),
  line: tokenLine,
  outcome,
  errcode: errcode.nullable(),
  errmsg: z.string().nullable(),
  rid: z.string().nullable(),
  ip: z.string().nullable(),
  expiresIn: z.int().nullable(),
  fingerprint: z.string().nullable(),
  durationMs: z.number(),
});

export const vaultView = z.object({
  kind: z.enum(['keychain', 'file', 'memory']),
  status: z.enum(['ready', 'locked', 'unavailable']),
  detail: z.string().nullable(),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** One thing for a person to do; `kind` or `line`: only where the account is of that kind or on that line. */
const errorStep = bilingual.extend({
  kind: accountKind.optional(),
  line: tokenLine.optional(),
  link: z.url({ protocol: /^https$/ }).optional(),
});

export const errorEntry = z.object({
  /** WeChat's errcode, or the word a `failed` attempt's errmsg begins with (`timeout`, `dns`, …). */
  code: z.union([z.int(), z.string()]),
  class: errorClass,
  /** WeChat's own text, where one is known. */
  text: z.string().nullable(),
  meaning: bilingual,
  cause: bilingual,
  /** What a person has to do, in order. */
  steps: z.array(errorStep).min(1),
  source: z.string(),
});

export type AccountKind = z.infer<typeof accountKind>;
export type TokenLine = z.infer<typeof tokenLine>;
export type CheckMinutes = z.infer<typeof checkMinutes>;
export type ConfirmationStep = z.infer<typeof confirmationStep>;
export type CallerAddress = z.infer<typeof callerAddress>;
export type TokenCheck = z.infer<typeof tokenCheck>;
export type LeakDrill = z.infer<typeof leakDrill>;
export type Phase = z.infer<typeof phase>;
export type Trigger = z.infer<typeof trigger>;
export type Outcome = z.infer<typeof outcome>;
export type AccountView = z.infer<typeof accountView>;
export type HistoryRow = z.infer<typeof historyRow>;
export type VaultView = z.infer<typeof vaultView>;
export type ErrorClass = z.infer<typeof errorClass>;
export type ErrorStep = z.infer<typeof errorStep>;
export type ErrorEntry = z.infer<typeof errorEntry>;
