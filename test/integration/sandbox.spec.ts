/** The sandbox over real sockets: each endpoint once, as WeChat's own pages describe it. */
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';

const SHOP = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-shop';
const START = Date.UTC(2026, 10, 22, 4, 0, 0);
const CREDENTIALS = { grant_type: 'client_credential', appid: SHOP, secret: SECRET };

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ clock: () => START });
  sandbox.world.add({ appId: SHOP, secret: SECRET });
});
afterEach(() => sandbox.close());

function get(path: string, query: Record<string, string>): Promise<Response> {
  return fetch(`${sandbox.url}${path}?${new URLSearchParams(query)}`);
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(sandbox.url + path, { method: 'POST', body: JSON.stringify(body) });
}

async function grant(): Promise<string> {
  return (await (await get('/cgi-bin/token', CREDENTIALS)).json()).access_token;
}

test('listens on loopback only', () => {
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('GET /cgi-bin/token gives a new token each time', async () => {
  const response = await get('/cgi-bin/token', CREDENTIALS);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; encoding=utf-8');
  const granted = await response.json();
  expect(granted).toEqual({ access_token: expect.stringMatching(/^[\w-]{136}$/), expires_in: 7200 });
  expect(await grant()).not.toBe(granted.access_token);
});

test('POST /cgi-bin/stable_token repeats its token until a refresh is forced', async () => {
  const first = await (await post('/cgi-bin/stable_token', CREDENTIALS)).json();
  sandbox.advance(100_000);
  const again = await (await post('/cgi-bin/stable_token', { ...CREDENTIALS, force_refresh: false })).json();
  expect(again).toEqual({ access_token: first.access_token, expires_in: 7100 });
  const forced = await (await post('/cgi-bin/stable_token', { ...CREDENTIALS, force_refresh: true })).json();
  expect(forced.expires_in).toBe(7200);
  expect(forced.access_token).not.toBe(first.access_token);
});

test('a refusal comes with HTTP 200, Chinese text in UTF-8, a rid and the clock’s Date', async () => {
  sandbox.world.change(SHOP, { standing: 'account-frozen' });
  sandbox.advance(3_600_000);
  const response = await get('/cgi-bin/token', CREDENTIALS);
  expect(response.status).toBe(200);
  expect(response.headers.get('date')).toBe('Sun, 22 Nov 2026 05:00:00 GMT');
  const seconds = ((START + 3_600_000) / 1000).toString(16);
  expect(await response.json()).toEqual({
    errcode: 50007,
    errmsg: expect.stringMatching(new RegExp(`^账号已冻结 rid: ${seconds}-[0-9a-f]{8}-[0-9a-f]{8}$`)),
  });
});

test('GET on the stable line, an empty body and broken JSON are named', async () => {
  const url = `${sandbox.url}/cgi-bin/stable_token`;
  expect(await (await fetch(url)).json()).toMatchObject({ errcode: 43002 });
  expect(await (await fetch(url, { method: 'POST' })).json()).toMatchObject({ errcode: 44002 });
  const broken = await fetch(url, { method: 'POST', body: '{"grant_type":' });
  expect(await broken.json()).toMatchObject({ errcode: 47001 });
});

test('GET /cgi-bin/get_api_domain_ip tells whether a token is alive', async () => {
  const access_token = await grant();
  const check = async () => (await get('/cgi-bin/get_api_domain_ip', { access_token })).json();
  expect(await check()).toEqual({ ip_list: expect.arrayContaining([expect.any(String)]) });
  sandbox.world.mintElsewhere(SHOP);
  sandbox.advance(300_000);
  expect(await check()).toMatchObject({ errcode: 40001 });
  sandbox.advance(7_200_000);
  expect(await check()).toMatchObject({ errcode: 42001 });
});

test('POST /cgi-bin/clear_quota/v2 takes its parameters in the query or in the body', async () => {
  sandbox.world.change(SHOP, { dailyLimit: 1 });
  await grant();
  expect(await (await get('/cgi-bin/token', CREDENTIALS)).json()).toMatchObject({ errcode: 45009 });
  const query = new URLSearchParams({ appid: SHOP, appsecret: SECRET });
  const cleared = await fetch(`${sandbox.url}/cgi-bin/clear_quota/v2?${query}`, { method: 'POST' });
  expect(await cleared.json()).toEqual({ errcode: 0, errmsg: 'ok' });
  const access_token = await grant();
  const inBody = await post('/cgi-bin/clear_quota/v2', { appid: SHOP, appsecret: SECRET });
  expect(await inBody.json()).toMatchObject({ errcode: 0 });
  const byToken = await post(`/cgi-bin/clear_quota?access_token=${access_token}`, { appid: SHOP });
  expect(await byToken.json()).toMatchObject({ errcode: 0 });
});

test('a body over 64 KiB is refused', async () => {
  const response = await post('/cgi-bin/stable_token', { ...CREDENTIALS, padding: 'x'.repeat(64 * 1024) });
  expect(response.status).toBe(413);
});

test('many calls at once leave two usable tokens', async () => {
  await Promise.all(Array.from({ length: 50 }, grant));
  expect(sandbox.world.usableTokens(SHOP, 'standard')).toHaveLength(2);
  expect(sandbox.world.counters(SHOP).calls).toBe(50);
});

test('a port that is taken is an error, not a hang', async () => {
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the port is free again after close, and closing twice is harmless', async () => {
  const port = Number(new URL(sandbox.url).port);
  await sandbox.close();
  await sandbox.close();
  const successor = createServer();
  await new Promise<void>((resolve, reject) => {
    successor.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  successor.close();
});
