/**
 * Which keys a business server's SDK reads, letter for letter. Pure. Sources: interop.md, where each key is given
 * with the SDK's file and line; node-easywechat also by its release 3.6.2 (dist/OfficialAccount/AccessToken.js).
 */
import { hash } from 'node:crypto';
import type { AccountKind, RedisProfile, RedisTarget, TokenLine } from '../../console/contract.ts';

/** What a key depends on. `line`: EasyWeChat, silenceper and node-easywechat keep the two lines' tokens apart. */
export interface KeyedAccount {
  readonly appId: string;
  readonly kind: AccountKind;
  readonly line: TokenLine;
}

/**
 * What a business server is told to configure in place of the AppSecret, unless it is given another text: some
 * SDKs make their key from it, and a fetch of their own with it fails instead of killing the token.
 */
export const MANAGED_SECRET = 'managed-by-token-console';

interface Parts extends KeyedAccount {
  readonly prefix: string | undefined;
  readonly secret: string;
}

const md5 = (text: string) => hash('md5', text, 'hex');
const room = (kind: AccountKind) => (kind === 'mini' ? 'mini_app' : 'official_account');
const flag = (line: TokenLine) => (line === 'stable' ? 1 : 0);

const KEYS: Record<RedisProfile, (parts: Parts) => readonly [string, ...string[]]> = {
  wxjava: ({ prefix, kind, appId }) => [`${prefix ?? (kind === 'mini' ? 'wa' : 'wx')}:access_token:${appId}`],
  easywechat6: ({ prefix = '', kind, line, appId, secret }) => [
    `${prefix}${room(kind)}.access_token.${appId}.${secret}.${flag(line)}`,
  ],
  // The md5 is of PHP's json_encode, which escapes a slash; blanks and other ASCII stay as they are.
  easywechat5: ({ prefix = '', appId, secret }) => {
    const credentials = { grant_type: 'client_credential', appid: appId, secret };
    const text = JSON.stringify(credentials).replaceAll('/', '\\/');
    return [`${prefix}easywechat.kernel.access_token.${md5(text)}`];
  },
  silenceper: ({ prefix, kind, line, appId }) => {
    const usual = `gowechat_${kind === 'mini' ? 'miniprogram' : 'officialaccount'}_`;
    return [`${prefix ?? usual}${line === 'stable' ? '_stable' : ''}_access_token_${appId}`];
  },
  wechatpy: ({ prefix = 'wechatpy', appId }) => withExpiry(`${prefix}:${appId}_access_token`),
  powerwechat: ({ prefix = '', appId, secret }) => [
    `${prefix}powerwechat.access_token.${md5(appId + secret)}`,
  ],
  // Release 3.6.2 took over EasyWeChat's key; the ones before it have the short one. A server reads one of them.
  'node-easywechat': ({ prefix = '', kind, line, appId, secret }) => {
    const short = `${prefix}${room(kind)}.access_token.${appId}`;
    return [`${short}.${secret}.${flag(line)}`, short];
  },
  plain: ({ prefix = 'wechat', appId }) => [`${prefix}:access_token:${appId}`],
};

/** The keys of one target; with wechatpy the second holds when the token ends, not the token. */
export function keysOf(target: RedisTarget, account: KeyedAccount): readonly [string, ...string[]] {
  if (target.key !== undefined) return target.profile === 'wechatpy' ? withExpiry(target.key) : [target.key];
  const secret = target.configuredSecret ?? MANAGED_SECRET;
  return KEYS[target.profile]({ ...account, prefix: target.prefix, secret });
}

function withExpiry(key: string): readonly [string, string] {
  return [key, `${key}_expires_at`];
}
