/** What an example is made of, and how its texts are written. Pure. */
import type {
  AccountView,
  RedisProfile,
  RedisSettings,
  RedisTarget,
  TokenFile,
} from '../../electron/console/contract.ts';

/** Stands where the AppSecret is asked for, so that an SDK's own fetch fails instead of ending the token. */
export const MANAGED_SECRET = 'managed-by-token-console';
export const CLIENT_KEY = '<client key>';
export const REDIS_PASSWORD = '<redis password>';

/** What a snippet is made of: one account, and where its token can be had. */
export interface Setting {
  readonly account: Pick<AccountView, 'appId' | 'kind' | 'line'>;
  readonly gatewayUrl: string;
  /** null: none is connected, and placeholders stand in. */
  readonly redis: (RedisSettings & { readonly hasPassword: boolean }) | null;
  /** The account's target in the way's profile, where it has one. */
  readonly target: (RedisTarget & { readonly keys: readonly string[] }) | null;
  readonly file: TokenFile | null;
}

export interface Way {
  readonly id: string;
  readonly via: 'gateway' | 'redis' | 'file';
  /** The format the console must write for it. */
  readonly profile: RedisProfile | null;
  readonly build: (setting: Setting) => string;
}

const NO_REDIS = { host: '<redis host>', port: 6379, db: 0, username: null, tls: false, hasPassword: false };
export const redisOf = ({ redis }: Setting) => redis ?? NO_REDIS;
export const addressOf = (setting: Setting): string => {
  const { host, port } = redisOf(setting);
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
};
export const secretOf = ({ target }: Setting): string => target?.configuredSecret ?? MANAGED_SECRET;
export const isMini = ({ account }: Setting): boolean => account.kind === 'mini';
export const isStable = ({ account }: Setting): boolean => account.line === 'stable';

/** A string as JSON writes it: also one in JavaScript, Python, Go and YAML. */
export const quoted = (text: string): string => JSON.stringify(text);
export const php = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
export const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
export const lines = (...parts: readonly (string | false | null)[]): string =>
  parts.filter((part) => part !== false && part !== null).join('\n');
