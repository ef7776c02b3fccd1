import { describe, expect, it, vi } from 'vitest';
import { createWechat } from '../../../electron/wechat/client.ts';
import type { Fetch, TokenRequest } from '../../../electron/wechat/wechat.ts';

const SECRET = 'sandbox-secret-of-shop';
const REQUEST: TokenRequest = {
  line: 'standard',
  appId: 'wx00000000000000a1',
  secret: SECRET,
  apiBase: 'https://api.weixin.qq.com',
  force: false,
};
const GRANT = { access_token: 'sandbox-token', expires_in: 7200 };

function wechatOver(fetch: Fetch, limits: { connectTimeoutMs?: number; answerTimeoutMs?: number } = {}) {
  return createWechat({ fetch, clock: () => 1_790_000_000_000, ...limits });
}

/** A body that gives one chunk and then nothing more, and tells when it is cancelled. */
function stalledBody(cancel: () => void) {
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"access_token":')),
    cancel,
  });
}

describe('the address it may ask', () => {
  it.each([
    'http://api.weixin.qq.com',
    'ftp://api.weixin.qq.com',
    'https://api.weixin.qq.com/cgi-bin',
    'https://api.weixin.qq.com?x=1',
    'https://api.weixin.qq.com#x',
    'https://user:word@api.weixin.qq.com',
    'http://127.0.0.1.example.com',
    'api.weixin.qq.com',
    '',
  ])('is never %j', async (apiBase) => {
    const fetch = vi.fn<Fetch>();
    const wechat = wechatOver(fetch);
    await expect(wechat.fetchToken({ ...REQUEST, apiBase })).rejects.toThrow(TypeError);
    await expect(wechat.checkToken({ apiBase, accessToken: 'sandbox-token' })).rejects.toThrow(TypeError);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['https://api.weixin.qq.com', 'https://api.weixin.qq.com/cgi-bin/stable_token'],
    ['https://api.weixin.qq.com/', 'https://api.weixin.qq.com/cgi-bin/stable_token'],
    ['https://api2.weixin.qq.com:8443', 'https://api2.weixin.qq.com:8443/cgi-bin/stable_token'],
    ['http://localhost:7000', 'http://localhost:7000/cgi-bin/stable_token'],
    ['http://[::1]:7000', 'http://[::1]:7000/cgi-bin/stable_token'],
  ])('may be %s', async (apiBase, url) => {
    const fetch = vi.fn<Fetch>(async () => Response.json(GRANT));
    await wechatOver(fetch).fetchToken({ ...REQUEST, line: 'stable', apiBase });
    expect(fetch.mock.calls.map(([asked]) => asked)).toEqual([url]);
  });
});

describe('a fetch that overlooks its signal', () => {
  it('is not waited for without headers', async () => {
    const wechat = wechatOver(() => new Promise(() => undefined), {
      connectTimeoutMs: 10,
      answerTimeoutMs: 10,
    });
    expect(await wechat.fetchToken(REQUEST)).toMatchObject({
      outcome: 'failed',
      reason: 'timeout',
      errmsg: 'timeout: no answer within 0.02 s',
    });
  });

  it('is not waited for with half a body', async () => {
    const wechat = wechatOver(async () => new Response(stalledBody(() => undefined)), {
      answerTimeoutMs: 10,
    });
    expect(await wechat.fetchToken(REQUEST)).toMatchObject({
      reason: 'timeout',
      errmsg: 'timeout: no complete answer within 0.01 s',
    });
  });

  it('is not waited for once the caller gives up', async () => {
    const controller = new AbortController();
    const asked = wechatOver(() => new Promise(() => undefined)).fetchToken(REQUEST, controller.signal);
    controller.abort();
    expect(await asked).toMatchObject({ outcome: 'failed', reason: 'network', errmsg: 'network: aborted' });
  });
});

it('does not ask at all for a caller who has given up', async () => {
  const fetch = vi.fn<Fetch>();
  expect(await wechatOver(fetch).fetchToken(REQUEST, AbortSignal.abort())).toMatchObject({
    errmsg: 'network: aborted',
  });
  expect(fetch).not.toHaveBeenCalled();
});

it('leaves no timer and no listener behind', async () => {
  vi.useFakeTimers();
  try {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const wechat = wechatOver(async () => Response.json(GRANT));
    expect(await wechat.fetchToken(REQUEST, signal)).toMatchObject({ outcome: 'granted' });
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledOnce();
    await wechatOver(() => Promise.reject(new Error('net::ERR_TIMED_OUT'))).fetchToken(REQUEST, signal);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it.each([400, 403, 500, 502])(
  'reads WeChat’s refusal under a status that somebody in between has set: %i',
  async (status) => {
    const refusal = { errcode: 89503, errmsg: 'api ip not confirmed' };
    const wechat = wechatOver(async () => Response.json(refusal, { status }));
    expect(await wechat.fetchToken(REQUEST)).toMatchObject({ outcome: 'refused', errcode: 89503 });
  },
);

it('believes nothing else under such a status', async () => {
  for (const body of [GRANT, { error: 'bad gateway' }, []]) {
    const wechat = wechatOver(async () => Response.json(body, { status: 502 }));
    expect(await wechat.fetchToken(REQUEST)).toMatchObject({ outcome: 'failed', errmsg: 'http-status: 502' });
  }
});

it('stops reading what it will not use', async () => {
  const cancel = vi.fn();
  const status = wechatOver(async () => new Response(stalledBody(cancel), { status: 502 }));
  expect(await status.fetchToken(REQUEST)).toMatchObject({
    reason: 'http-status',
    errmsg: 'http-status: 502',
  });
  expect(cancel).toHaveBeenCalledOnce();

  const chunk = new Uint8Array(40 * 1024).fill(0x20);
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk), cancel });
  const large = wechatOver(async () => new Response(endless));
  expect(await large.fetchToken(REQUEST)).toMatchObject({ errmsg: 'too-large: more than 64 KiB' });
  expect(cancel).toHaveBeenCalledTimes(2);
});

it('takes 64 KiB to the byte, and no body for an empty one', async () => {
  const text = JSON.stringify(GRANT).padEnd(64 * 1024, ' ');
  expect(await wechatOver(async () => new Response(text)).fetchToken(REQUEST)).toMatchObject({
    outcome: 'granted',
  });
  expect(await wechatOver(async () => new Response(`${text} `)).fetchToken(REQUEST)).toMatchObject({
    reason: 'too-large',
  });
  expect(await wechatOver(async () => new Response(null)).fetchToken(REQUEST)).toMatchObject({
    errmsg: 'unreadable: an empty answer',
  });
});

it('knows a redirect that a browser’s fetch hides', async () => {
  const hidden = {
    type: 'opaqueredirect',
    status: 0,
    body: null,
    headers: new Headers(),
  } as unknown as Response;
  expect(await wechatOver(async () => hidden).fetchToken(REQUEST)).toMatchObject({ reason: 'redirect' });
});

describe('the times of a reply', () => {
  const date = 'Sat, 07 Nov 2026 10:00:00 GMT';
  const answer = (body: object, init?: ResponseInit) =>
    wechatOver(async () => Response.json(body, { ...init, headers: { date } })).fetchToken(REQUEST);

  it('are the clock before the request, and WeChat’s own', async () => {
    const reply = await answer(GRANT);
    expect(reply).toMatchObject({ askedAt: 1_790_000_000_000, wechatClock: Date.parse(date) });
    expect(reply.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('come from the rid where there is one', async () => {
    const reply = await answer({
      errcode: 40125,
      errmsg: 'invalid appsecret rid: 658cff8e-7783352d-44cb33e5',
    });
    expect(reply.wechatClock).toBe(Date.parse('2023-12-28T04:54:38Z'));
  });

  it('do not trust a stranger’s Date', async () => {
    expect((await answer({}, { status: 502 })).wechatClock).toBeNull();
    expect((await answer({ welcome: 'hotel' })).wechatClock).toBeNull();
  });
});

it('keeps the URL and the secret out of what a fetch threw', async () => {
  const wechat = wechatOver((url) => Promise.reject(new Error(`cannot GET ${url}`)));
  expect(JSON.stringify(await wechat.fetchToken(REQUEST))).not.toContain(SECRET);
  const thrower = wechatOver((url) => {
    throw new TypeError(`bad ${url}`);
  });
  expect(await thrower.fetchToken(REQUEST)).toMatchObject({ errmsg: 'network: unknown error' });
});
