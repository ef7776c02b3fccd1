/**
 * The bridge's contract: every command, event and view a renderer or a script may rely on, as schemas.
 * Both sides read it; the renderer takes its types only. Times named `…At`, `…Until`, `since` are
 * milliseconds since the Unix epoch, UTC.
 */
import { z } from 'zod';

export const DEFAULT_API_BASE = 'https://api.weixin.qq.com';
export const DEFAULT_LEAD_SECONDS = 600;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An origin WeChat's API is asked at: https, or http on this machine; no path, query or credentials. */
function isApiBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)));
}

const appId = z.string().regex(/^wx[0-9a-f]{16}$/, 'must be wx followed by 16 digits or letters a to f');
const accountName = z
  .string()
  .min(1, 'must not be empty')
  .max(64, 'must be at most 64 characters')
  .refine((text) => text.trim() === text, 'must not begin or end with a blank');
const secret = z
  .string()
  .min(1, 'must not be empty')
  .max(128, 'must be at most 128 characters')
  .regex(/^[\x21-\x7e]*$/, 'must not contain blanks or characters outside ASCII');
const apiBase = z
  .string()
  .refine(isApiBase, 'must be an https address without a path (http only on this machine)');
const leadSeconds = z.int().min(60, 'must be at least 60 seconds').max(3600, 'must be at most 3600 seconds');
const errcode = z.int();
const time = z.int().nonnegative();

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

const lastAttempt = z.object({
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
  lastAttempt: lastAttempt.nullable(),
  confirmation: confirmation.nullable(),
  callerIp: z.string().nullable(),
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

/**
 * What the whole console has to say, beside its accounts: `ledger-set-aside` (a corrupt database was moved to
 * `detail` and a new one begun), `ledger-failing` (history cannot be written: `detail`), `vault-failing`
 * (secrets and tokens are held in memory only: `detail`), `demo` (nothing here is real).
 */
export const notice = z.object({
  id: z.enum(['ledger-set-aside', 'ledger-failing', 'vault-failing', 'demo']),
  since: time,
  detail: z.string().nullable(),
});

export const stateView = z.object({
  accounts: z.array(accountView),
  vault: vaultView,
  gateway: z.object({ url: z.string() }).nullable(),
  version: z.string(),
  notices: z.array(notice),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });

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

export const errorEntry = z.object({
  /** WeChat's errcode, or the word a `failed` attempt's errmsg begins with (`timeout`, `dns`, …). */
  code: z.union([z.int(), z.string()]),
  class: errorClass,
  /** WeChat's own text, where one is known. */
  text: z.string().nullable(),
  meaning: bilingual,
  cause: bilingual,
  action: bilingual,
  source: z.string(),
});

const empty = z.strictObject({});
const oneAccount = z.strictObject({ appId });

/** Every command of the bridge: what goes in, what comes out. */
export const commands = {
  'state.get': { input: empty, value: stateView },
  'accounts.add': {
    input: z.strictObject({
      appId,
      name: accountName,
      kind: accountKind,
      line: tokenLine,
      secret,
      apiBase: apiBase.optional(),
      leadSeconds: leadSeconds.optional(),
    }),
    value: accountView,
  },
  'accounts.update': {
    input: z.strictObject({
      appId,
      changes: z.strictObject({
        name: accountName.optional(),
        line: tokenLine.optional(),
        apiBase: apiBase.optional(),
        leadSeconds: leadSeconds.optional(),
        paused: z.boolean().optional(),
      }),
    }),
    value: accountView,
  },
  'accounts.setSecret': { input: z.strictObject({ appId, secret }), value: accountView },
  'accounts.remove': {
    input: z.strictObject({ appId, forgetHistory: z.boolean().optional() }),
    value: z.object({ removed: z.literal(true) }),
  },
  'tokens.refresh': { input: z.strictObject({ appId, force: z.boolean().optional() }), value: accountView },
  'tokens.reveal': { input: oneAccount, value: z.object({ accessToken: z.string(), expiresAt: time }) },
  'tokens.copy': {
    input: oneAccount,
    value: z.union([
      z.object({ copied: z.literal(true), clearsAt: time }),
      z.object({ copied: z.literal(false), accessToken: z.string(), clearsAt: time }),
    ]),
  },
  'tokens.verify': {
    input: oneAccount,
    value: z.object({ valid: z.boolean(), errcode: errcode.nullable(), rid: z.string().nullable() }),
  },
  'history.query': {
    input: z.strictObject({
      appId: appId.optional(),
      outcome: outcome.optional(),
      errcode: errcode.optional(),
      trigger: trigger.optional(),
      from: time.optional(),
      to: time.optional(),
      limit: z.int().min(1).max(500),
      cursor: z
        .string()
        .regex(/^\d{1,15}$/, 'is not a cursor of this console')
        .optional(),
    }),
    value: z.object({ rows: z.array(historyRow), nextCursor: z.string().nullable() }),
  },
  /** Starts the demo beside this console. `url`: where it is; null when the host has opened it itself. */
  'demo.open': { input: empty, value: z.object({ url: z.string().nullable() }) },
  /** The error-code catalogue, in both languages. */
  'errors.list': { input: empty, value: z.object({ entries: z.array(errorEntry) }) },
} satisfies Record<string, { input: z.ZodType; value: z.ZodType }>;

/** What the console tells its listeners: the whole state once, then only what changed. */
export const consoleEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: stateView }),
  z.object({ type: z.literal('account-added'), account: accountView }),
  z.object({ type: z.literal('account-changed'), appId: z.string(), changes: accountView.partial() }),
  z.object({ type: z.literal('account-removed'), appId: z.string() }),
  z.object({ type: z.literal('history-added'), row: historyRow }),
  z.object({ type: z.literal('vault-changed'), vault: vaultView }),
  z.object({ type: z.literal('notices-changed'), notices: z.array(notice) }),
]);

/** Why a command was not carried out; `until` and `faults` where the code has them. */
export const commandError = z.object({
  code: z.enum([
    'invalid-input',
    'unknown-command',
    'unauthorized',
    'too-large',
    'unknown-account',
    'duplicate-account',
    'blocked-by-refusal',
    'force-too-soon',
    'force-budget-used',
    'secret-missing',
    'secret-locked',
    'no-token',
    'no-answer',
    'storage-failed',
    'closing',
    'unreachable',
    'internal',
  ]),
  message: z.string(),
  until: time.optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type AccountKind = z.infer<typeof accountKind>;
export type TokenLine = z.infer<typeof tokenLine>;
export type Phase = z.infer<typeof phase>;
export type Trigger = z.infer<typeof trigger>;
export type Outcome = z.infer<typeof outcome>;
export type AccountView = z.infer<typeof accountView>;
export type HistoryRow = z.infer<typeof historyRow>;
export type VaultView = z.infer<typeof vaultView>;
export type Notice = z.infer<typeof notice>;
export type StateView = z.infer<typeof stateView>;
export type ErrorClass = z.infer<typeof errorClass>;
export type ErrorEntry = z.infer<typeof errorEntry>;
export type ConsoleEvent = z.infer<typeof consoleEvent>;
export type CommandError = z.infer<typeof commandError>;

export type CommandName = keyof typeof commands;
export type CommandInput<C extends CommandName> = z.input<(typeof commands)[C]['input']>;
export type CommandValue<C extends CommandName> = z.output<(typeof commands)[C]['value']>;
export type Answer<Value> = { ok: true; value: Value } | { ok: false; error: CommandError };

/** What a renderer is given, as `window.tokenConsole` by the preload or built over HTTP in a browser. */
export interface TokenConsole {
  readonly host: 'desktop' | 'browser';
  readonly commands: {
    readonly [C in CommandName]: (input: CommandInput<C>) => Promise<Answer<CommandValue<C>>>;
  };
  /** Calls `listener` with a `state` event first, then with each change; returns how to stop. */
  listen(listener: (event: ConsoleEvent) => void): () => void;
}
