/** What is written for a business server's SDK, byte for byte, and what is read back. Pure. Source: interop.md. */
import type { RedisProfile, RedisTarget } from '../../console/contract.ts';
import { type KeyedAccount, keysOf } from './key-of.ts';

export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly ttlSeconds: number;
  readonly holds: 'token' | 'end';
}

/** A token as it is written; `endsAt`: ms, by the clock its reader has now. */
export interface WrittenToken {
  readonly accessToken: string;
  readonly endsAt: number;
}

interface Format {
  write(token: string, seconds: number): string;
  /** The token in a value; null when this SDK would not find one. */
  read(value: string): string | null;
}

/** PHP counts a string's bytes. */
const php = (text: string) => `s:${Buffer.byteLength(text)}:"${text}";`;
const raw: Format = { write: (token) => token, read: (value) => value };
const matched =
  (pattern: RegExp): Format['read'] =>
  (value) =>
    pattern.exec(value)?.[1] ?? null;

const FORMATS: Record<RedisProfile, Format> = {
  wxjava: raw,
  easywechat6: { write: php, read: matched(/^s:\d+:"(.*)";$/s) },
  easywechat5: {
    write: (token, seconds) => `a:2:{${php('access_token')}${php(token)}${php('expires_in')}i:${seconds};}`,
    read: matched(/^a:\d+:\{.*?s:12:"access_token";s:\d+:"([^"]*)";/s),
  },
  silenceper: raw,
  // The quotes belong to it: wechatpy raises JSONDecodeError on a bare token.
  wechatpy: { write: (token) => JSON.stringify(token), read: (value) => text(json(value)) },
  powerwechat: {
    write: (token, seconds) => JSON.stringify({ access_token: token, expires_in: seconds }),
    read: (value) => text(field(json(value), 'access_token')),
  },
  'node-easywechat': raw,
  plain: raw,
};

/**
 * The keys of one target with their values. The life of each is what is really left of the token, in whole
 * seconds: should the console stop, the key vanishes when the token dies. Less than a second is no life Redis
 * can be given in seconds, and nobody could use the token: then nothing is written at all, rather than a life
 * longer than the token's. Near its end a token is written all the same, with its true end: wechatpy does not
 * take one with less than 60 s left and fetches; the console has a newer one by then.
 */
export function entriesOf(
  target: RedisTarget,
  account: KeyedAccount,
  token: WrittenToken,
  now: number,
): readonly Entry[] {
  const ttlSeconds = Math.floor((token.endsAt - now) / 1000);
  if (ttlSeconds < 1) return [];
  const value = FORMATS[target.profile].write(token.accessToken, ttlSeconds);
  return keysOf(target, account).map((key, index) =>
    target.profile === 'wechatpy' && index === 1
      ? { key, value: `${Math.floor(token.endsAt / 1000)}`, ttlSeconds, holds: 'end' }
      : { key, value, ttlSeconds, holds: 'token' },
  );
}

/** The token in a value found in Redis; null when the profile's SDK would find none there. */
export function tokenIn(profile: RedisProfile, value: string): string | null {
  return FORMATS[profile].read(value) || null;
}

function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
