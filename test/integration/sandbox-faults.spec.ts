/** What can go wrong on the way to WeChat, as a caller's socket sees it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../electron/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';

const SHOP = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-shop';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.world.add({ appId: SHOP, secret: SECRET });
});
afterEach(() => sandbox.close());

function ask(init: RequestInit = {}): Promise<Response> {
  const query = new URLSearchParams({ grant_type: 'client_credential', appid: SHOP, secret: SECRET });
  return fetch(`${sandbox.url}/cgi-bin/token?${query}`, { redirect: 'manual', ...init });
}

function once(fault: Fault): void {
  sandbox.world.inject(fault, { appId: SHOP, calls: 1 });
}

/** The code of the socket error under fetch's TypeError. */
function socketError(code: string) {
  return expect.objectContaining({ cause: expect.objectContaining({ code }) });
}

afterEach(() => {
  // Whatever it was, it was for one call.
  expect(sandbox.world.calls(SHOP).filter(({ fault }) => fault !== null)).toHaveLength(1);
});

test('slow: the answer comes, not before its time', async () => {
  once({ kind: 'slow', ms: 150 });
  const before = performance.now();
  const granted = await (await ask()).json();
  expect(performance.now() - before).toBeGreaterThan(145);
  expect(granted).toHaveProperty('access_token');
});

test('no-answer: nothing comes until the caller gives up', async () => {
  once({ kind: 'no-answer' });
  await expect(ask({ signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await (await ask()).json()).toHaveProperty('access_token');
});

test('no-answer: closing the sandbox ends the wait', async () => {
  once({ kind: 'no-answer' });
  const asking = expect(ask()).rejects.toEqual(socketError('UND_ERR_SOCKET'));
  await expect.poll(() => sandbox.world.counters(SHOP).calls).toBe(1);
  await sandbox.close();
  await asking;
});

test('cut-off: the body ends before its announced length', async () => {
  once({ kind: 'cut-off' });
  const response = await ask();
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toEqual(socketError('UND_ERR_SOCKET'));
});

test('broken-json: a whole body that is no JSON', async () => {
  once({ kind: 'broken-json' });
  const text = await (await ask()).text();
  expect(text).toMatch(/^\{"access_token":/);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('captive-page: HTML with HTTP 200', async () => {
  once({ kind: 'captive-page' });
  const response = await ask();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('status: another HTTP status than 200', async () => {
  once({ kind: 'status', status: 502 });
  expect((await ask()).status).toBe(502);
});

test('oversized: more than was ever asked for, without a length to warn of it', async () => {
  once({ kind: 'oversized', bytes: 3_000_000 });
  const response = await ask();
  expect(response.headers.get('content-length')).toBeNull();
  const text = await response.text();
  expect(text).toHaveLength(3_000_000 + '{"padding":""}'.length);
  expect(JSON.parse(text)).toHaveProperty('padding');
});

test('oversized: a caller that stops reading stops it', async () => {
  once({ kind: 'oversized', bytes: 1e12 });
  const reader = (await ask()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await (await ask()).json()).toHaveProperty('access_token');
});

test('redirect: to a page of the sandbox, which sees who follows', async () => {
  once({ kind: 'redirect' });
  const response = await ask();
  expect(response.status).toBe(302);
  expect(sandbox.world.calls().map(({ path }) => path)).toEqual(['/cgi-bin/token']);
  await fetch(new URL(response.headers.get('location') ?? '', sandbox.url));
  expect(sandbox.world.calls().map(({ path }) => path)).toEqual(['/cgi-bin/token', '/sign-in']);
});

test('reset: the connection breaks before any answer', async () => {
  once({ kind: 'reset' });
  await expect(ask()).rejects.toEqual(socketError('ECONNRESET'));
});

test('errcode: WeChat itself is busy', async () => {
  once({ kind: 'errcode', errcode: -1 });
  const response = await ask();
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ errcode: -1 });
});
