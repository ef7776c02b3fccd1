/** `/cgi-bin` of the gateway: WeChat's shapes and errors, and the SDKs that are pointed there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CoWechatApi from 'co-wechat-api';
import MiniApp from 'node-easywechat/dist/MiniApp/Application';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WechatApi from 'wechat-api';
import { selfSigned } from '../support/certificate.ts';
import {
  gatewayOver,
  KEY,
  MASTER_KEY,
  NEWS,
  problemIn,
  SHOP,
  startFakeGateway,
  UNKNOWN,
} from '../support/gateway-harness.ts';

let gateway: Awaited<ReturnType<typeof startFakeGateway>>;

beforeEach(async () => {
  gateway = await startFakeGateway();
});
afterEach(() => gateway.close());

const GRANT = { grant_type: 'client_credential', appid: SHOP, secret: KEY };

async function plain(fields: Record<string, string>) {
  const response = await gateway.ask(`/cgi-bin/token?${new URLSearchParams(fields)}`, {}, null);
  expect(response.status).toBe(200);
  return response.json();
}

async function stable(body: unknown) {
  const response = await gateway.post('/cgi-bin/stable_token', body, null);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return response.json();
}

describe('both endpoints', () => {
  it('give the one token with what is really left of it', async () => {
    gateway.desk.grant(SHOP, 'token-of-the-shop', 100_900);
    const given = { access_token: 'token-of-the-shop', expires_in: 100 };
    expect(await plain(GRANT)).toEqual(given);
    expect(await stable(GRANT)).toEqual(given);
    expect(await stable({ ...GRANT, force_refresh: false })).toEqual(given);
    expect(gateway.desk.renewals).toEqual([]);
    expect(gateway.clients.uses).toHaveLength(3);
  });

  it.each([
    [40002, 'invalid grant_type', { ...GRANT, grant_type: 'authorization_code' }],
    [41002, 'appid missing', { ...GRANT, appid: '' }],
    [41004, 'appsecret missing', { ...GRANT, secret: '' }],
    [40125, 'invalid appsecret', { ...GRANT, secret: 'another-key' }],
    [40125, 'invalid appsecret', { ...GRANT, appid: UNKNOWN, secret: 'another-key' }],
    [40013, 'invalid appid', { ...GRANT, appid: UNKNOWN }],
    [40013, 'invalid appid', { ...GRANT, appid: UNKNOWN, secret: MASTER_KEY }],
    [40013, 'invalid appid', { ...GRANT, appid: NEWS }],
  ])('refuse with %i %s', async (errcode, errmsg, fields) => {
    expect(await plain(fields)).toEqual({ errcode, errmsg });
    expect(await stable(fields)).toEqual({ errcode, errmsg });
  });

  it.each([
    [7200_500, 270],
    [270_900, 270],
    [269_900, 269],
    [5_900, 5],
  ])(
    'let SDKs keep a token of %i ms for %i s: WeChat honours a replaced one for 300 s',
    async (left, seconds) => {
      gateway.desk.grant(SHOP, 'token-of-the-shop', left);
      expect(await plain(GRANT)).toEqual({ access_token: 'token-of-the-shop', expires_in: seconds });
      expect(await stable(GRANT)).toEqual({ access_token: 'token-of-the-shop', expires_in: seconds });
    },
  );

  it('give no token in its last moments: an SDK takes 0 for two hours', async () => {
    gateway.desk.grant(SHOP, 'token-of-the-shop', 4_900);
    expect(await plain(GRANT)).toMatchObject({ errcode: -1 });
    expect(gateway.clients.uses.at(-1)).toMatchObject({ fingerprint: null });
  });

  const attempt = { at: 1, trigger: 'retry', outcome: 'refused', ip: null, durationMs: 5 } as const;
  const asked = (errcode: number | null, errmsg: string | null, rid: string | null = null) => ({
    lastAttempt: { ...attempt, errcode, errmsg, rid },
  });

  it.each([
    ['retrying', asked(null, 'network: unknown error')],
    ['retrying', asked(45009, 'reach max api daily quota limit', 'a-rid-of-a-test')],
    ['needs-attention', asked(null, 'dns: ENOTFOUND')],
    ['refreshing', { lastAttempt: null }],
  ] as const)('say -1 while there is no usable token and it may pass by itself: %s', async (phase, more) => {
    gateway.desk.grant(SHOP, null);
    gateway.desk.show(SHOP, { phase, ...more });
    const { errcode, errmsg } = (await stable({ ...GRANT, force_refresh: true })) as Record<string, unknown>;
    expect([errcode, errmsg]).toEqual([-1, expect.stringMatching(/^system error/)]);
    if (more.lastAttempt?.errcode) expect(errmsg).toMatch(/45009 rid: a-rid-of-a-test$/);
    expect(gateway.desk.renewals).toEqual([]);
  });

  it.each([
    [
      'awaiting-admin',
      'stored',
      89503,
      asked(89503, 'api ip not confirmed', 'a-rid'),
      /^api ip .+ rid: a-rid/,
    ],
    ['refused', 'stored', 89507, asked(89507, 'administrator refused'), /^administrator refused/],
    ['needs-attention', 'stored', 40164, asked(40164, 'invalid ip 1.2.3.4'), /^invalid ip 1\.2\.3\.4/],
    ['needs-attention', 'stored', 40125, asked(40125, 'invalid appsecret'), /^invalid appsecret/],
    ['needs-attention', 'missing', 41004, { lastAttempt: null }, /^appsecret missing/],
    ['needs-attention', 'locked', 41004, { lastAttempt: null }, /^appsecret missing/],
    ['paused', 'stored', 50002, { lastAttempt: null }, /paused/],
  ] as const)(
    'name what lasts by its own errcode: %s, AppSecret %s, %i',
    async (phase, secret, code, more, words) => {
      gateway.desk.grant(SHOP, null);
      gateway.desk.show(SHOP, { phase, secret, ...more });
      for (const answer of [await plain(GRANT), await stable(GRANT)]) {
        expect(answer).toEqual({ errcode: code, errmsg: expect.stringMatching(words) });
      }
    },
  );

  it('tell a guesser to slow down in WeChat’s words, and never write the key down', async () => {
    const guess = { ...GRANT, secret: 'a-guessed-key' };
    for (let tries = 0; tries < 20; tries += 1) expect(await plain(guess)).toMatchObject({ errcode: 40125 });
    expect(await plain(guess)).toMatchObject({ errcode: 45011 });
    expect(await plain(GRANT)).toMatchObject({ access_token: 'token-of-the-shop' });
    expect(gateway.logged).toHaveLength(1);
    expect(gateway.logged.join()).not.toContain('a-guessed-key');
  });
});

describe('what WeChat says of odd requests', () => {
  it('names methods and bodies that do not fit', async () => {
    const answer = async (path: string, init: RequestInit) => {
      const response = await gateway.ask(path, init, null);
      expect(response.status).toBe(200);
      return response.json();
    };
    expect(await answer('/cgi-bin/stable_token', {})).toMatchObject({ errcode: 43002 });
    expect(await answer('/cgi-bin/token', { method: 'POST', body: '{}' })).toMatchObject({ errcode: 43001 });
    expect(await answer('/cgi-bin/user/get?access_token=x', {})).toMatchObject({ errcode: 40066 });
    expect(await stable('')).toEqual({ errcode: 44002, errmsg: 'empty post data' });
    for (const broken of ['{', '7', 'null', `"${'x'.repeat(20_000)}"`]) {
      expect(await stable(broken)).toEqual({ errcode: 47001, errmsg: 'data format error' });
    }
    expect(await stable([])).toMatchObject({ errcode: 40002 });
  });

  it('takes no parameter twice', async () => {
    const twice = new URLSearchParams([...Object.entries(GRANT), ['secret', KEY]]);
    const response = await gateway.ask(`/cgi-bin/token?${twice}`, {}, null);
    expect(await response.json()).toMatchObject({ errcode: 41004 });
  });

  it('serves no page of a browser', async () => {
    const headers = { Origin: 'https://evil.example' };
    const response = await gateway.ask(`/cgi-bin/token?${new URLSearchParams(GRANT)}`, { headers }, null);
    expect(response.status).toBe(403);
    await problemIn(response);
  });
});

describe('force_refresh', () => {
  const force = { ...GRANT, force_refresh: true };

  it('is a passive refresh of the current token', async () => {
    gateway.desk.answerRenewals(async () => {
      const token = gateway.desk.grant(SHOP, 'token-after');
      if (!token) throw new Error('no token');
      return { result: 'renewed', token };
    });
    expect(await stable(force)).toMatchObject({ access_token: 'token-after' });
    expect(gateway.desk.renewals).toEqual([
      { appId: SHOP, staleToken: 'token-of-the-shop', actor: 'shop-server' },
    ]);
  });

  it('gives the token there is where no call was made, as WeChat does when forced too soon', async () => {
    const until = Date.now() + 60_000;
    gateway.desk.answerRenewals(async () => ({ result: 'declined', code: 'blocked-by-refusal', until }));
    expect(await stable(force)).toMatchObject({ access_token: 'token-of-the-shop' });
    gateway.desk.answerRenewals(async () => ({ result: 'no-token' }));
    expect(await stable(force)).toMatchObject({ errcode: -1 });
  });

  it('is nothing but the JSON true', async () => {
    for (const almost of ['true', 1, null]) await stable({ ...GRANT, force_refresh: almost });
    expect(gateway.desk.renewals).toEqual([]);
  });
});

describe('SDKs with a client key as their secret', () => {
  it('node-easywechat, by http.baseURL, on either line', async () => {
    const path = mkdtempSync(join(tmpdir(), 'wtc-easywechat-'));
    const file_cache = { path, dirMode: 0o700, fileMode: 0o600, ext: '.cache' };
    const config = { app_id: SHOP, secret: KEY, http: { baseURL: `${gateway.url}/` }, file_cache };
    try {
      for (const use_stable_access_token of [false, true]) {
        const app = new MiniApp({ ...config, use_stable_access_token });
        expect(await app.getAccessToken().getToken()).toBe('token-of-the-shop');
      }
    } finally {
      rmSync(path, { recursive: true });
    }
    expect(gateway.clients.uses).toHaveLength(2);
    const wrong = new MiniApp({ ...config, secret: 'another-key' });
    await expect(wrong.getAccessToken().getToken()).rejects.toThrow(/40125|Failed to get access_token/);
  });

  it('co-wechat-api, by its prefix', async () => {
    const api = new CoWechatApi(SHOP, KEY);
    api.prefix = `${gateway.url}/cgi-bin/`;
    const { accessToken, expireTime } = await api.ensureAccessToken();
    expect(accessToken).toBe('token-of-the-shop');
    expect(expireTime - Date.now()).toBeGreaterThan(250_000);
    expect(expireTime - Date.now()).toBeLessThanOrEqual(270_000);
    const wrong = new CoWechatApi(SHOP, 'another-key');
    wrong.prefix = api.prefix;
    await expect(wrong.ensureAccessToken()).rejects.toMatchObject({ code: 40125 });
  });

  it('wechat-api, by setEndpoint, which speaks https', async () => {
    const { key, cert } = selfSigned('localhost');
    const secure = await gatewayOver(gateway.desk, { key, cert });
    const api = new WechatApi(SHOP, KEY);
    api.setEndpoint(`localhost:${new URL(secure.url).port}`);
    api.setOpts({ ca: cert });
    try {
      const token = await new Promise((resolve, reject) =>
        api.getLatestToken((error, value) => (error ? reject(error) : resolve(value))),
      );
      expect(secure.url).toMatch(/^https:/);
      expect(token).toMatchObject({ accessToken: 'token-of-the-shop' });
    } finally {
      await secure.close();
    }
  });
});
