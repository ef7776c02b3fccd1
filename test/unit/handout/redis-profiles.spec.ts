/** Golden bytes: every row of interop.md, each key and value written out here by hand. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RedisTarget } from '../../../electron/console/contract.ts';
import { MANAGED_SECRET } from '../../../electron/handout/redis/key-of.ts';
import { entriesOf, tokenIn } from '../../../electron/handout/redis/profiles.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const NOW = 1_800_000_000_000;
const TOKEN = '92_token-of-a-test_AAbb';
const APP = 'wxtestapp0000001';
const token = { accessToken: TOKEN, endsAt: NOW + 7_100_900 };
const TTL = 7100;

type Row = [
  name: string,
  target: RedisTarget,
  kind: 'official' | 'mini',
  line: 'standard' | 'stable',
  keys: Record<string, string>,
];

const PHP_STRING = 's:23:"92_token-of-a-test_AAbb";';
const PHP_ARRAY = 'a:2:{s:12:"access_token";s:23:"92_token-of-a-test_AAbb";s:10:"expires_in";i:7100;}';
const POWER = '{"access_token":"92_token-of-a-test_AAbb","expires_in":7100}';
const EW5 = `easywechat.kernel.access_token.${md5(
  '{"grant_type":"client_credential","appid":"wxtestapp0000001","secret":"managed-by-token-console"}',
)}`;
const EW5_OWN = `shop:easywechat.kernel.access_token.${md5(
  '{"grant_type":"client_credential","appid":"wxtestapp0000001","secret":"text\\/of\\/the-shop"}',
)}`;
const POWER_KEY = `powerwechat.access_token.${md5('wxtestapp0000001managed-by-token-console')}`;
const EW6 = 'access_token.wxtestapp0000001.managed-by-token-console';

const ROWS: Row[] = [
  ['WxJava mp', { profile: 'wxjava' }, 'official', 'standard', { 'wx:access_token:wxtestapp0000001': TOKEN }],
  [
    'WxJava mp stable',
    { profile: 'wxjava' },
    'official',
    'stable',
    { 'wx:access_token:wxtestapp0000001': TOKEN },
  ],
  ['WxJava mini', { profile: 'wxjava' }, 'mini', 'standard', { 'wa:access_token:wxtestapp0000001': TOKEN }],
  [
    'WxJava multi starter',
    { profile: 'wxjava', prefix: 'wx:mp:multi' },
    'official',
    'standard',
    { 'wx:mp:multi:access_token:wxtestapp0000001': TOKEN },
  ],
  [
    'WxJava mini, Redisson with StringCodec',
    { profile: 'wxjava', key: 'wa:wechat_ma_access_token_key:wxtestapp0000001' },
    'mini',
    'standard',
    { 'wa:wechat_ma_access_token_key:wxtestapp0000001': TOKEN },
  ],
  [
    'EasyWeChat 6',
    { profile: 'easywechat6' },
    'official',
    'standard',
    { [`official_account.${EW6}.0`]: PHP_STRING },
  ],
  [
    'EasyWeChat 6 stable',
    { profile: 'easywechat6' },
    'official',
    'stable',
    { [`official_account.${EW6}.1`]: PHP_STRING },
  ],
  [
    'EasyWeChat 6 mini',
    { profile: 'easywechat6' },
    'mini',
    'standard',
    { [`mini_app.${EW6}.0`]: PHP_STRING },
  ],
  [
    'EasyWeChat 6 mini stable, namespace',
    { profile: 'easywechat6', prefix: 'easywechat:', configuredSecret: 'text-of-the-shop' },
    'mini',
    'stable',
    { 'easywechat:mini_app.access_token.wxtestapp0000001.text-of-the-shop.1': PHP_STRING },
  ],
  [
    'EasyWeChat 6.6.1 to 6.15.0',
    { profile: 'easywechat6', key: `official_account.${EW6}` },
    'official',
    'stable',
    { 'official_account.access_token.wxtestapp0000001.managed-by-token-console': PHP_STRING },
  ],
  ['EasyWeChat 5', { profile: 'easywechat5' }, 'official', 'standard', { [EW5]: PHP_ARRAY }],
  ['EasyWeChat 5 mini stable', { profile: 'easywechat5' }, 'mini', 'stable', { [EW5]: PHP_ARRAY }],
  [
    'EasyWeChat 5, own secret with slashes',
    { profile: 'easywechat5', prefix: 'shop:', configuredSecret: 'text/of/the-shop' },
    'official',
    'standard',
    { [EW5_OWN]: PHP_ARRAY },
  ],
  [
    'silenceper',
    { profile: 'silenceper' },
    'official',
    'standard',
    { gowechat_officialaccount__access_token_wxtestapp0000001: TOKEN },
  ],
  [
    'silenceper stable',
    { profile: 'silenceper' },
    'official',
    'stable',
    { gowechat_officialaccount__stable_access_token_wxtestapp0000001: TOKEN },
  ],
  [
    'silenceper mini',
    { profile: 'silenceper' },
    'mini',
    'standard',
    { gowechat_miniprogram__access_token_wxtestapp0000001: TOKEN },
  ],
  [
    'silenceper mini stable',
    { profile: 'silenceper' },
    'mini',
    'stable',
    { gowechat_miniprogram__stable_access_token_wxtestapp0000001: TOKEN },
  ],
  [
    'wechatpy',
    { profile: 'wechatpy' },
    'official',
    'standard',
    {
      'wechatpy:wxtestapp0000001_access_token': '"92_token-of-a-test_AAbb"',
      'wechatpy:wxtestapp0000001_access_token_expires_at': '1800007100',
    },
  ],
  [
    'wechatpy mini stable, own prefix',
    { profile: 'wechatpy', prefix: 'shop' },
    'mini',
    'stable',
    {
      'shop:wxtestapp0000001_access_token': '"92_token-of-a-test_AAbb"',
      'shop:wxtestapp0000001_access_token_expires_at': '1800007100',
    },
  ],
  [
    'wechatpy, own key',
    { profile: 'wechatpy', key: 'own' },
    'official',
    'standard',
    { own: '"92_token-of-a-test_AAbb"', own_expires_at: '1800007100' },
  ],
  ['PowerWeChat', { profile: 'powerwechat' }, 'official', 'standard', { [POWER_KEY]: POWER }],
  ['PowerWeChat mini stable', { profile: 'powerwechat' }, 'mini', 'stable', { [POWER_KEY]: POWER }],
  [
    'node-easywechat, before 3.6.2 and since',
    { profile: 'node-easywechat' },
    'official',
    'standard',
    { [`official_account.${EW6}.0`]: TOKEN, 'official_account.access_token.wxtestapp0000001': TOKEN },
  ],
  [
    'node-easywechat mini stable',
    { profile: 'node-easywechat', prefix: 'shop:' },
    'mini',
    'stable',
    { [`shop:mini_app.${EW6}.1`]: TOKEN, 'shop:mini_app.access_token.wxtestapp0000001': TOKEN },
  ],
  ['plain', { profile: 'plain' }, 'mini', 'standard', { 'wechat:access_token:wxtestapp0000001': TOKEN }],
  ['plain, own key', { profile: 'plain', key: 'own:key' }, 'official', 'stable', { 'own:key': TOKEN }],
];

describe('what is written to Redis', () => {
  it.each(ROWS)('%s', (_name, target, kind, line, keys) => {
    const entries = entriesOf(target, { appId: APP, kind, line }, token, NOW);
    expect(Object.fromEntries(entries.map(({ key, value }) => [key, value]))).toEqual(keys);
    expect(entries.map(({ ttlSeconds }) => ttlSeconds)).toEqual(Object.keys(keys).map(() => TTL));
    expect(tokenIn(target.profile, entries[0]?.value ?? '')).toBe(TOKEN);
  });

  it('makes the md5 that PowerWeChat makes of testappid and testsecret (interop.md)', () => {
    const target = { profile: 'powerwechat', configuredSecret: 'testsecret' } as const;
    const [entry] = entriesOf(target, { appId: 'testappid', kind: 'official', line: 'stable' }, token, NOW);
    const golden = ['4ed6a2e3', 'bfccdf98', 'beb48489', 'b94cf486'].join('');
    expect(entry?.key).toBe(`powerwechat.access_token.${golden}`);
  });

  it('never outlives the token, and is not written in its last second', () => {
    const account = { appId: APP, kind: 'official', line: 'standard' } as const;
    const ttl = (ms: number) =>
      entriesOf({ profile: 'wechatpy' }, account, { accessToken: TOKEN, endsAt: NOW + ms }, NOW);
    expect(ttl(60_999).map(({ ttlSeconds }) => ttlSeconds)).toEqual([60, 60]);
    expect(ttl(60_999)[1]?.value).toBe('1800000060');
    expect(ttl(1000)[0]?.ttlSeconds).toBe(1);
    expect(ttl(999)).toEqual([]);
    expect(ttl(-5000)).toEqual([]);
  });

  it('counts bytes, as PHP does', () => {
    const account = { appId: APP, kind: 'official', line: 'standard' } as const;
    const [entry] = entriesOf({ profile: 'easywechat6' }, account, { ...token, accessToken: '令牌' }, NOW);
    expect(entry?.value).toBe('s:6:"令牌";');
  });

  it('names what stands in for the AppSecret', () => {
    expect(MANAGED_SECRET).toBe('managed-by-token-console');
  });
});

describe('what is read back', () => {
  it.each([
    ['easywechat6', 'not php', null],
    ['easywechat6', 's:3:"abc";', 'abc'],
    ['easywechat5', 's:3:"abc";', null],
    ['easywechat5', 'a:2:{s:10:"expires_in";i:7200;s:12:"access_token";s:3:"abc";}', 'abc'],
    ['wechatpy', 'abc', null],
    ['wechatpy', '7', null],
    ['powerwechat', '{"expires_in":7}', null],
    ['powerwechat', 'null', null],
    ['powerwechat', '{"expires_in":7200,"access_token":"abc","errcode":0}', 'abc'],
    ['wxjava', '', null],
    ['plain', 'abc', 'abc'],
  ] as const)('%s finds in %s: %s', (profile, value, found) => {
    expect(tokenIn(profile, value)).toBe(found);
  });
});
