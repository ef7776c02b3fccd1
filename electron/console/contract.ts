/**
 * The bridge's contract: every command, event and view a renderer or a script may rely on, as schemas.
 * Both sides read it; the renderer takes its types only. Times named `…At`, `…Until`, `since` are
 * milliseconds since the Unix epoch, UTC.
 */
import { z } from 'zod';
import { nameFault } from '../contract/text-rules.ts';
import {
  clientView,
  gatewaySettings,
  handoutView,
  redisSettings,
  redisTarget,
  tokenFile,
} from './handout-views.ts';
import {
  preferences,
  preferencesView,
  proxySettings,
  reachView,
  shieldView,
  updateView,
} from './preference-views.ts';
import { notice, stateView } from './state-view.ts';
import {
  accountKind,
  accountView,
  attempt,
  checkMinutes,
  errcode,
  errorEntry,
  historyRow,
  outcome,
  time,
  tokenLine,
  trigger,
  vaultView,
} from './views.ts';

export * from './handout-views.ts';
export * from './preference-views.ts';
export * from './state-view.ts';
export * from './views.ts';

export const DEFAULT_API_BASE = 'https://api.weixin.qq.com';
export const DEFAULT_LEAD_SECONDS = 600;
export const DEFAULT_CHECK_MINUTES = 5;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** How many accounts one console keeps. A file of so many, each as long as it can be, stays below `LONGEST_FILE`. */
export const MOST_ACCOUNTS = 10_000;
/** Letters of a file that `accounts.import` takes. */
const LONGEST_FILE = 32 * 1024 * 1024;
/** Of a name in the DNS. */
const LONGEST_HOSTNAME = 253;

/** An origin WeChat's API is asked at: https, or http on this machine; no path, query or credentials. */
function isApiBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare =
    url.hostname.length <= LONGEST_HOSTNAME &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)));
}

const appId = z.string().regex(/^wx[0-9a-f]{16}$/, 'must be wx followed by 16 digits or letters a to f');
const NAME_FAULTS = {
  empty: 'must have something to see',
  long: 'must be at most 64 characters',
  banned: 'must not have line breaks, tabs, direction marks or other signs that are not seen',
} as const;
const accountName = z
  .string()
  .superRefine((text, context) => {
    const fault = nameFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: NAME_FAULTS[fault] });
  })
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

const passphrase = z.string().min(8, 'must be at least 8 characters').max(256);

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
      checkMinutes: checkMinutes.optional(),
    }),
    value: accountView,
  },
  /**
   * An `apiBase` that is not one of WeChat's own gets the AppSecret from then on: it needs that `secret` again
   * (`secret-needed`), so that nobody who only got hold of the page can send it to a place of theirs.
   */
  'accounts.update': {
    input: z.strictObject({
      appId,
      secret: secret.optional(),
      changes: z.strictObject({
        name: accountName.optional(),
        line: tokenLine.optional(),
        apiBase: apiBase.optional(),
        leadSeconds: leadSeconds.optional(),
        checkMinutes: checkMinutes.optional(),
        paused: z.boolean().optional(),
      }),
    }),
    value: accountView,
  },
  /**
   * Tries the new secret first (stable line, normal mode: no running token is disturbed). Not accepted
   * (`secret-rejected`) or not tried (`secret-untested`): nothing changes, unless `untested` is true. `apiBase`:
   * the address it will be sent to, to be named where that is not WeChat's own and no AppSecret was given for it
   * before (`address-needed`): it may have come with a file of accounts.
   */
  'accounts.setSecret': {
    input: z.strictObject({
      appId,
      secret,
      apiBase: apiBase.optional(),
      untested: z.boolean().optional(),
    }),
    value: accountView,
  },
  'accounts.remove': {
    input: z.strictObject({ appId, forgetHistory: z.boolean().optional() }),
    value: z.object({ removed: z.literal(true) }),
  },
  'tokens.refresh': { input: z.strictObject({ appId, force: z.boolean().optional() }), value: accountView },
  /** Two forced refreshes 30 s apart; resolves when the first has ended. Stable line only. */
  'tokens.drill': { input: oneAccount, value: accountView },
  'tokens.reveal': { input: oneAccount, value: z.object({ accessToken: z.string(), expiresAt: time }) },
  /** `window-not-active`: the desktop lets only the active window write the clipboard; nothing was copied. */
  'tokens.copy': {
    input: oneAccount,
    value: z.union([
      /** `clearsAt` null: it stays on the clipboard, by the person's own setting. */
      z.object({ copied: z.literal(true), clearsAt: time.nullable() }),
      z.object({ copied: z.literal(false), accessToken: z.string(), clearsAt: time.nullable() }),
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
  /** A key for a business server; `key` is shown this once and stored hashed. */
  'clients.create': {
    input: z.strictObject({ name: accountName, appIds: z.union([z.array(appId).min(1), z.literal('*')]) }),
    value: z.object({ id: z.string(), name: z.string(), key: z.string() }),
  },
  'clients.list': { input: empty, value: z.object({ rows: z.array(clientView) }) },
  'clients.revoke': {
    input: z.strictObject({ id: z.string().max(64) }),
    value: z.object({ revoked: z.literal(true) }),
  },
  /** How tokens are handed out, and how each way stands. */
  'handout.get': { input: empty, value: handoutView },
  'handout.setGateway': { input: gatewaySettings, value: handoutView },
  /** `settings` null switches Redis off and forgets the password; `password` left out keeps the one there is. */
  'handout.setRedis': {
    input: z.strictObject({
      settings: redisSettings.nullable(),
      password: z.string().max(512).optional(),
    }),
    value: handoutView,
  },
  'handout.setAccount': {
    input: z.strictObject({ appId, file: tokenFile.nullable(), targets: z.array(redisTarget).max(20) }),
    value: handoutView,
  },
  /**
   * Writes the accounts into a file on this machine: on the desktop where the person says, else into the data
   * folder. With a passphrase the AppSecrets are in it, sealed with age; without one they are not. `path` null:
   * the person chose none.
   */
  'accounts.export': {
    input: z.strictObject({ passphrase: passphrase.optional() }),
    value: z.object({ path: z.string().nullable(), accounts: z.int() }),
  },
  /** Adds what such a file holds; accounts that are here already stay as they are. */
  'accounts.import': {
    input: z.strictObject({
      text: z.string().min(1).max(LONGEST_FILE, 'must be at most 32 MiB'),
      passphrase: z.string().max(256).optional(),
    }),
    value: z.object({
      added: z.array(
        z.object({
          appId: z.string(),
          name: z.string(),
          hasSecret: z.boolean(),
          /** Where its AppSecret would be sent, if that is not WeChat. */
          foreignApiBase: z.string().nullable(),
        }),
      ),
      skipped: z.array(z.object({ appId: z.string(), name: z.string() })),
    }),
  },
  'preferences.set': {
    input: z.strictObject({ changes: preferences.partial() }),
    value: preferencesView,
  },
  /** `password` left out keeps that of the same proxy; another address or name forgets it. */
  'network.setProxy': {
    input: z.strictObject({ settings: proxySettings, password: z.string().max(512).optional() }),
    value: preferencesView,
  },
  /** Asks each of WeChat's addresses something that needs no account; by `settings` where given, without keeping them. */
  'network.test': {
    input: z.strictObject({ settings: proxySettings.optional(), password: z.string().max(512).optional() }),
    value: z.object({ results: z.array(reachView) }),
  },
  /** While locked, tokens, copying, accounts and settings answer `app-locked`; refreshing and handing out go on. */
  'shield.lock': { input: empty, value: shieldView },
  /** With the app's own passphrase, or by the system (Touch ID) where it can. */
  'shield.unlock': {
    input: z.strictObject({ passphrase: z.string().max(256).nullable() }),
    value: shieldView,
  },
  /** `next` null: none any more; the automatic locks are then off. */
  'shield.setPassphrase': {
    input: z.strictObject({ current: z.string().max(256).nullable(), next: passphrase.nullable() }),
    value: shieldView,
  },
  /** Somebody has taken note of a notice that stays until then. */
  'notices.takeNote': {
    input: z.strictObject({ id: z.enum(['ledger-set-aside', 'ledger-restored', 'accounts-missing']) }),
    value: z.object({ noted: z.literal(true) }),
  },
  'updates.check': { input: empty, value: updateView },
  /** Downloads what was found, or installs what was downloaded and starts again. */
  'updates.install': { input: empty, value: updateView },
  /** What a supporter needs to know of this console, as text: no secret, token, key or name in it. */
  'diagnostics.get': { input: empty, value: z.object({ text: z.string() }) },
  'host.open': {
    input: z.strictObject({ what: z.enum(['data-folder', 'logs', 'licences']) }),
    value: z.object({ opened: z.literal(true) }),
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
  z.object({ type: z.literal('gateway-changed'), gateway: stateView.shape.gateway }),
  /** Something `handout.get` tells has changed; at most once a second. */
  z.object({ type: z.literal('handout-changed') }),
  z.object({ type: z.literal('notices-changed'), notices: z.array(notice) }),
  z.object({ type: z.literal('preferences-changed'), preferences: preferencesView }),
  z.object({ type: z.literal('shield-changed'), shield: shieldView }),
  z.object({ type: z.literal('update-changed'), update: updateView }),
]);

/** Why a command was not carried out; `until`, `faults` and `attempt` where the code has them. */
export const commandError = z.object({
  code: z.enum([
    'invalid-input',
    'unknown-command',
    'unauthorized',
    'too-large',
    'unknown-account',
    'duplicate-account',
    'too-many-accounts',
    'blocked-by-refusal',
    'force-too-soon',
    'force-budget-used',
    'stable-line-only',
    'secret-missing',
    'secret-locked',
    'secret-rejected',
    'secret-untested',
    'secret-needed',
    'address-needed',
    'no-token',
    'no-answer',
    'follows-another',
    'waits-for-plan',
    'unknown-client',
    'gateway-failed',
    'app-locked',
    'wrong-passphrase',
    'managed',
    'not-on-this-host',
    'window-not-active',
    'unreadable-file',
    'newer-file',
    'costly-file',
    'storage-failed',
    'closing',
    'unreachable',
    'internal',
  ]),
  message: z.string(),
  until: time.optional(),
  /** What WeChat or the network answered when the command tried. */
  attempt: attempt.optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type ConsoleEvent = z.infer<typeof consoleEvent>;
export type CommandError = z.infer<typeof commandError>;

export type CommandName = keyof typeof commands;
export type CommandInput<C extends CommandName> = z.input<(typeof commands)[C]['input']>;
export type CommandValue<C extends CommandName> = z.output<(typeof commands)[C]['value']>;
export type Answer<Value> = { ok: true; value: Value } | { ok: false; error: CommandError };

/** What a native menu or a key can ask the page for. */
export type MenuId =
  | 'add'
  | 'settings'
  | 'search'
  | 'refresh'
  | 'copy'
  | 'next-account'
  | 'previous-account'
  | 'lock'
  | 'shortcuts';

/** What a renderer is given, as `window.tokenConsole` by the preload or built over HTTP in a browser. */
export interface TokenConsole {
  readonly host: 'desktop' | 'browser';
  readonly commands: {
    readonly [C in CommandName]: (input: CommandInput<C>) => Promise<Answer<CommandValue<C>>>;
  };
  /** Calls `listener` with a `state` event first, then with each change; returns how to stop. */
  listen(listener: (event: ConsoleEvent) => void): () => void;
  /** Calls `listener` with what a native menu asks the page for; returns how to stop. Desktop only. */
  readonly onMenu?: (listener: (id: MenuId) => void) => () => void;
}
