/** Whether WeChat is there: what counts as an answer of its own, and what only looks like one. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { World } from '../../../electron/sandbox/world.ts';
import { reach } from '../../../electron/wechat/reach.ts';
import type { Fetch } from '../../../electron/wechat/wechat.ts';

const BASE = 'https://api.weixin.qq.com';

const answering =
  (body: string, init: ResponseInit = {}): Fetch =>
  async () =>
    new Response(body, init);

describe('WeChat is reached', () => {
  it('when it misses the AppID, which is all it is asked', async () => {
    const urls: string[] = [];
    const world = new World({ clock: Date.now });
    const fetch: Fetch = async (url, { method }) => {
      urls.push(url);
      const { pathname, searchParams } = new URL(url);
      const { json } = world.answer({ method, path: pathname, query: searchParams, body: '' });
      return new Response(json);
    };
    expect(await reach(fetch, BASE)).toEqual({ reached: true, ms: expect.any(Number), reason: null });
    expect(urls).toEqual([`${BASE}/cgi-bin/token?grant_type=client_credential`]);
  });

  it.each([
    ['when it is busy', '{"errcode":-1,"errmsg":"system error"}'],
    [
      'when it lets this address in nowhere',
      '{"errcode":40164,"errmsg":"invalid ip 1.2.3.4, not in whitelist"}',
    ],
    ['when it says something new', '{"errcode":99999,"errmsg":"?"}'],
  ])('%s', async (_what, body) => {
    expect(await reach(answering(body), BASE)).toMatchObject({ reached: true, reason: null });
  });
});

describe('WeChat is not reached', () => {
  it.each([
    ['by a sign-in page', '<!doctype html><title>Welcome to our hotel</title>', {}, 'unreadable'],
    ['by the JSON of somebody else', '{"ok":true}', {}, 'unreadable'],
    ['by an empty answer', '', {}, 'unreadable'],
    ["by a proxy's own error", '{"errcode":41002}', { status: 502 }, 'http-status'],
    [
      'by a redirection to a sign-in page',
      '',
      { status: 302, headers: { location: 'http://x/' } },
      'redirect',
    ],
    ['by an answer without end', 'x'.repeat(70_000), {}, 'too-large'],
  ])('%s', async (_what, body, init, reason) => {
    expect(await reach(answering(body, init), BASE)).toEqual({ reached: false, ms: null, reason });
  });

  it.each([
    ['dns', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
    ['tls', new Error('net::ERR_CERT_AUTHORITY_INVALID')],
    ['proxy', new Error('net::ERR_PROXY_CONNECTION_FAILED')],
    ['offline', new Error('net::ERR_INTERNET_DISCONNECTED')],
  ])('by a network that fails: %s', async (reason, error) => {
    const fetch: Fetch = () => Promise.reject(error);
    expect(await reach(fetch, BASE)).toEqual({ reached: false, ms: null, reason });
  });
});

describe('a silent network', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is given up after eight seconds', async () => {
    let isOver = false;
    const reaching = reach(() => new Promise(() => {}), BASE).finally(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(7999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await reaching).toEqual({ reached: false, ms: null, reason: 'timeout' });
  });
});
