/** What the console's plain English about places and connections means, and what fields may hold. Pure. */
import type {
  AccountHandout,
  GatewaySettings,
  HandoutView,
  RedisTarget,
} from '../../electron/console/contract.ts';

type Rule<W extends string> = readonly [RegExp, W];
const wordOf = <W extends string, O extends string | null>(
  rules: readonly Rule<W>[],
  text: string,
  other: O,
): W | O => rules.find(([pattern]) => pattern.test(text))?.[1] ?? other;

const GATEWAY_PROBLEMS = [
  [/EADDRINUSE|in use/i, 'in-use'],
  [/EADDRNOTAVAIL|no such address|host name|ENOTFOUND|EAI_/i, 'no-address'],
  [/EACCES|EPERM|permi|not allow/i, 'not-allowed'],
  [/cert|\bkey\b|PEM|TLS|SSL|ENOENT/i, 'tls'],
] as const satisfies readonly Rule<string>[];

/** Why the gateway does not listen, as a word of `gateway.problem`. */
export function gatewayProblem(detail: string) {
  return wordOf(GATEWAY_PROBLEMS, detail, 'other');
}

const REDIS_REASONS = [
  [/from the vault/i, 'vault'],
  [/DENIED|protected mode/i, 'protected'],
  [/NOPERM|\bACL\b/i, 'permission'],
  [/WRONGPASS|NOAUTH|password/i, 'password'],
  [/database/i, 'database'],
  [/\bOOM\b|maxmemory|\bfull\b/i, 'full'],
  [/READONLY|read.only/i, 'readonly'],
  [/MISCONF|NOREPLICAS|MASTERDOWN|takes no writes/i, 'unwritable'],
  [/cluster/i, 'cluster'],
  [/LOADING|maxclients|no more connections/i, 'busy'],
  [/connection was (closed|lost)/i, 'closed'],
  [/ENOTFOUND|EAI_AGAIN|getaddrinfo|host name/i, 'name'],
  [/\bTLS\b|SSL|certificate/i, 'tls'],
  [/ECONNREFUSED|refused|nothing listens|no way to/i, 'refused'],
  [/time.?out|ETIMEDOUT|in time/i, 'timeout'],
] as const satisfies readonly Rule<string>[];

/** Why Redis does not work, as a word of `redis.reason`. */
export function redisReason(detail: string) {
  return wordOf(REDIS_REASONS, detail, 'other');
}

const PLACE_REASONS = [
  [/another target|one of the console/i, 'taken'],
  [/may not read/i, 'blind'],
  [/another console/i, 'follows'],
] as const satisfies readonly Rule<string>[];

/** Why a place stands as it does, as a word of `targets.reason`; null where the state says it all. */
export function placeReason(detail: string | null) {
  return detail === null ? null : wordOf(PLACE_REASONS, detail, null);
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return bare(host) === 'localhost' || bare(host) === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether an address stands for every address of the machine, and names none a server could call. */
function isWildcard(host: string): boolean {
  return bare(host) === '0.0.0.0' || bare(host) === '::';
}

/** `0.0.0.0:7321`, `[::1]:7321`. */
export function addressText({ host, port }: Pick<GatewaySettings, 'host' | 'port'>): string {
  return `${bare(host).includes(':') ? `[${bare(host)}]` : host}:${port}`;
}

/** Where a business server calls the gateway; `<console address>` where the settings name no address of its own. */
export function gatewayUrlFor({ settings, url }: HandoutView['gateway']): string {
  const listens = url ?? `${settings.tls ? 'https' : 'http'}://${addressText(settings)}`;
  return isWildcard(settings.host)
    ? listens.replace(/\/\/(\[[^\]]*\]|[^:/]*)/, '//<console address>')
    : listens;
}

/** Whether `text` can be a host: no scheme, no port, no blank. */
export function isHost(text: string): boolean {
  const host = bare(text);
  if (host === '' || host.length > 253 || /[\s/@?#\]]/.test(host)) return false;
  return !host.includes(':') || (/^[0-9a-f:.]+$/.test(host) && host.split(':').length > 2);
}

/** A whole number from `min` to `max`; null for anything else. */
export function wholeNumber(text: string, min: number, max: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}

/** Whether the text may be part of a Redis key; empty stands for "left out". */
export function isKeyPart(text: string): boolean {
  return text.length <= 200 && /^[\x21-\x7e]*$/.test(text);
}

/** A target as it was set, without what the console tells of it. */
export function targetInput({ profile, prefix, configuredSecret, key }: RedisTarget): RedisTarget {
  return {
    profile,
    ...(prefix !== undefined && { prefix }),
    ...(configuredSecret !== undefined && { configuredSecret }),
    ...(key !== undefined && { key }),
  };
}

/** Whether two targets are set the same. */
export function isSameTarget(a: RedisTarget, b: RedisTarget): boolean {
  return (['profile', 'prefix', 'configuredSecret', 'key'] as const).every((field) => a[field] === b[field]);
}

/** How an account's token is handed out; nothing set where the console tells of none. */
export function handoutOf(view: HandoutView, appId: string): AccountHandout {
  const none = { appId, file: null, fileState: null, targets: [] };
  return view.accounts.find((one) => one.appId === appId) ?? none;
}
