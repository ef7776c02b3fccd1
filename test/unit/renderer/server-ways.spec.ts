/** The examples for business servers: against the keys the console writes, and the two of Node run with the real SDK. */
import { createRequire, registerHooks } from 'node:module';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountKind, RedisTarget, TokenLine } from '../../../electron/console/contract.ts';
import { keysOf, MANAGED_SECRET as WRITTEN_SECRET } from '../../../electron/handout/redis/key-of.ts';
import { MANAGED_SECRET, type Setting } from '../../../renderer/servers/setting.ts';
import { WAYS, type WayId } from '../../../renderer/servers/ways.ts';

const require = createRequire(import.meta.url);
const appId = 'wx00000000000000a1';
const TOKEN = 'EXAMPLE_TOKEN_of_the_sandbox';
const KINDS: readonly AccountKind[] = ['official', 'mini'];
const LINES: readonly TokenLine[] = ['standard', 'stable'];
const redis = { host: 'redis.example', port: 6380, db: 2, username: null, tls: false, hasPassword: true };

interface Case {
  readonly kind?: AccountKind;
  readonly line?: TokenLine;
  readonly target?: RedisTarget;
  readonly redis?: Setting['redis'];
}

function settingOf({ kind = 'official', line = 'stable', target, redis: at = redis }: Case = {}): Setting {
  const account = { appId, kind, line };
  return {
    account,
    gatewayUrl: 'http://127.0.0.1:7321',
    redis: at,
    target: target ? { ...target, keys: keysOf(target, account) } : null,
    file: { path: "/srv/shop's token", format: 'json' },
  };
}

function example(id: WayId, setting: Case = {}): string {
  const way = WAYS.find((one) => one.id === id);
  if (way === undefined) throw new Error(`no way ${id}`);
  return way.build(settingOf(setting));
}

afterEach(() => vi.unstubAllGlobals());

describe('every example', () => {
  const cases = WAYS.flatMap(({ id }) => KINDS.flatMap((kind) => LINES.map((line) => ({ id, kind, line }))));

  it.each(cases)('$id, $kind, $line', ({ id, kind, line }) => {
    const way = WAYS.find((one) => one.id === id);
    const target = way?.profile ? { profile: way.profile } : undefined;
    const text = example(id, { kind, line, ...(target && { target }) });
    expect(text).not.toMatch(/undefined|null|\[object/);
    if (way?.via === 'gateway') expect(text).toContain('http://127.0.0.1:7321');
    if (way?.via === 'redis') expect(text).toMatch(/redis\.example/);
    if (way?.via !== 'file') expect(text).toContain(appId);
  });

  it('stands on the secret the console writes with', () => {
    expect(MANAGED_SECRET).toBe(WRITTEN_SECRET);
  });
});

describe('examples over Redis', () => {
  it.each(KINDS)('WxJava of an %s account reads the key that is written', (kind) => {
    for (const target of [{ profile: 'wxjava' as const }, { profile: 'wxjava' as const, prefix: 'shop' }]) {
      const text = example('wxjava', { kind, target });
      const prefix = /key-prefix: "(.*)"/.exec(text)?.[1];
      expect(keysOf(target, { appId, kind, line: 'stable' })).toEqual([`${prefix}:access_token:${appId}`]);
      expect(text).toContain(kind === 'mini' ? '  miniapp:\n    appid:' : '  mp:\n    app-id:');
    }
  });

  it('wechatpy reads the key that is written and does not retry', () => {
    const target = { profile: 'wechatpy' as const, prefix: 'shop' };
    const text = example('wechatpy', { target });
    const prefix = /prefix="(.*?)"/.exec(text)?.[1];
    expect(keysOf(target, { appId, kind: 'official', line: 'stable' })[0]).toBe(
      `${prefix}:${appId}_access_token`,
    );
    expect(text).toContain('auto_retry=False');
  });

  it('EasyWeChat has the namespace, the line and the secret of the key', () => {
    const target = { profile: 'easywechat6' as const, prefix: 'easywechat:', configuredSecret: "it's" };
    const text = example('easywechat6', { target, kind: 'mini', line: 'standard' });
    expect(text).toContain("new RedisAdapter($redis, 'easywechat')");
    expect(text).toContain("'secret' => 'it\\'s'");
    expect(text).toContain("'use_stable_access_token' => false");
    expect(text).toContain('EasyWeChat\\MiniApp\\Application');
    expect(text).toContain("'retry' => false");
    expect(example('easywechat5')).toContain("'max_retries' => 0");
    expect(example('easywechat5')).toContain('Factory::officialAccount');
    expect(example('easywechat5')).toContain("'redis://:<redis password>@redis.example:6380/2'");
  });

  it('the Go SDKs take the line, the user and TLS', () => {
    const at = { ...redis, host: '2001:db8::7', username: 'console', tls: true };
    expect(example('silenceper', { line: 'stable' })).toContain('UseStableAK: true');
    expect(example('silenceper', { line: 'standard' })).not.toContain('UseStableAK');
    expect(example('silenceper', { kind: 'mini' })).toContain('GetMiniProgram');
    for (const id of ['silenceper', 'powerwechat'] as const) {
      const text = example(id, { redis: at });
      expect(text).toContain('Addrs: []string{"[2001:db8::7]:6380"}');
      expect(text).toContain('Username: "console"');
      expect(text).toContain('TLSConfig:');
      expect(example(id)).not.toContain('TLSConfig');
    }
  });

  it('plain names the key, quoted for a shell', () => {
    const target = { profile: 'plain' as const, key: "shop's:token" };
    expect(example('plain', { target })).toBe(
      `redis-cli -h redis.example -p 6380 -n 2 --askpass GET 'shop'\\''s:token'`,
    );
  });

  it('without Redis hold places for its address and no password', () => {
    const text = example('wxjava', { redis: null });
    expect(text).toContain('host: "<redis host>"');
    expect(text).not.toContain('password');
  });
});

// node-easywechat 3.6.2 asks for a file that the node-socialite it is installed with no longer has (sign-in only).
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node-socialite/dist/Core/ProviderInterface'
      ? { url: 'node:events', format: 'builtin', shortCircuit: true }
      : next(specifier, context),
});
afterAll(() => hooks.deregister());

/** Runs an example as a module would be, and gives what it calls `name`. */
function run(code: string, name: string, modules: Record<string, unknown> = {}): unknown {
  const load = (id: string) => modules[id] ?? require(id);
  return new Function('require', `${code}\nreturn ${name};`)(load);
}

describe('the examples of Node, with the real SDK', () => {
  const targets: readonly RedisTarget[] = [
    { profile: 'node-easywechat' },
    { profile: 'node-easywechat', configuredSecret: 'shop-key' },
    { profile: 'node-easywechat', key: 'shop:token' },
  ];
  const cases = KINDS.flatMap((kind) =>
    LINES.flatMap((line) => targets.map((target) => ({ kind, line, target }))),
  );

  it.each(cases)('node-easywechat, $kind, $line, $target', async ({ kind, line, target }) => {
    const code = example('node-easywechat', { kind, line, target });
    const options: unknown[] = [];
    const [written] = keysOf(target, { appId, kind, line });
    class Redis {
      constructor(given: unknown) {
        options.push(given);
      }
      async get(key: string) {
        return key === written ? TOKEN : null;
      }
    }
    const app = run(code, 'app', { ioredis: Redis }) as {
      getAccessToken(): { getToken(): Promise<string> };
    };
    expect(await app.getAccessToken().getToken()).toBe(TOKEN);
    expect(options).toEqual([{ host: 'redis.example', port: 6380, db: 2, password: '<redis password>' }]);
  });

  it('co-wechat-api takes the token from the gateway and fetches none itself', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (url: string, init: unknown) => {
      asked.push([url, init]);
      return Response.json({ access_token: TOKEN, expires_at: Date.now() + 60_000 });
    });
    const api = run(example('co-wechat-api'), 'api') as {
      ensureAccessToken(): Promise<{ accessToken: string }>;
      tokenFromCustom: boolean;
    };
    expect((await api.ensureAccessToken()).accessToken).toBe(TOKEN);
    expect(api.tokenFromCustom).toBe(true);
    const headers = { Authorization: 'Bearer <client key>' };
    expect(asked).toEqual([[`http://127.0.0.1:7321/v1/tokens/${appId}`, { headers }]]);
  });
});
