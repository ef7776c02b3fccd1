/** The desktop's way out over Electron's network: the proxy that is set, its password, and what is never kept. */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type Electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopWayOut } from '../../../electron/desktop/way-out.ts';
import type { Fetch } from '../../../electron/wechat/wechat.ts';
import { electron, resetElectron, trialSession } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

beforeEach(resetElectron);

const URL_OF_WECHAT = 'https://api.weixin.qq.com/cgi-bin/token?appid=wx';
const MANUAL = {
  settings: { mode: 'manual', url: 'http://proxy.example:3128', username: 'li' },
  password: 'word of the proxy',
} as const;

interface Sent {
  readonly options: Electron.ClientRequestConstructorOptions;
  readonly events: EventEmitter;
  readonly headers: Record<string, string>;
  readonly abort: ReturnType<typeof vi.fn>;
  readonly end: ReturnType<typeof vi.fn>;
}

/** What left by `net.request`, in order. */
const sent: Sent[] = [];

beforeEach(() => {
  sent.length = 0;
  electron.net.request.mockImplementation((options) => {
    const events = new EventEmitter();
    const request: Sent = {
      ...{ options: options as Electron.ClientRequestConstructorOptions, events },
      ...{ headers: {}, abort: vi.fn(), end: vi.fn() },
    };
    sent.push(request);
    const setHeader = (name: string, value: string) => {
      request.headers[name] = value;
    };
    return Object.assign(events, { setHeader, abort: request.abort, end: request.end }) as never;
  });
});

const PROXY: Electron.AuthInfo = {
  isProxy: true,
  scheme: 'basic',
  host: 'proxy.example',
  port: 3128,
  realm: '',
};

/** What a request answers when somebody asks who this is; `[]`: nobody it knows. */
function asked(request: Sent | undefined, changes: Partial<Electron.AuthInfo> = {}): unknown[] | undefined {
  let answer: unknown[] | undefined;
  request?.events.emit('login', { ...PROXY, ...changes }, (...given: unknown[]) => {
    answer = given;
  });
  return answer;
}

function ask(fetch: Fetch, body?: string) {
  const controller = new AbortController();
  const init = {
    method: 'POST',
    headers: { a: 'b' },
    signal: controller.signal,
    redirect: 'manual',
  } as const;
  return { controller, answer: fetch(URL_OF_WECHAT, { ...init, ...(body && { body }) } as never) };
}

it('calls WeChat through Electron, without cookies, a cache or our own scheme', async () => {
  const response = new Response('{}');
  electron.net.fetch.mockResolvedValueOnce(response);
  const { signal } = new AbortController();
  const init = { method: 'POST', headers: { a: 'b' }, body: '{}', signal, redirect: 'manual' } as const;
  expect(await desktopWayOut().fetch(URL_OF_WECHAT, init)).toBe(response);
  expect(electron.net.fetch.mock.calls).toEqual([
    [URL_OF_WECHAT, { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true }],
  ]);
});

it.each([
  [{ mode: 'system' } as const, { mode: 'system' }],
  [{ mode: 'none' } as const, { mode: 'direct' }],
  [
    MANUAL.settings,
    { mode: 'fixed_servers', proxyRules: 'http://proxy.example:3128', proxyBypassRules: '<local>' },
  ],
])('leads %j', async (settings, config) => {
  await desktopWayOut().use({ settings, password: null });
  expect(electron.session.defaultSession.setProxy).toHaveBeenCalledExactlyOnceWith(config);
});

it('lets a call under way end before it closes connections: it may be bringing a token', async () => {
  const answer = Promise.withResolvers<Response>();
  electron.net.fetch.mockReturnValueOnce(answer.promise);
  const wayOut = desktopWayOut();
  const call = wayOut.fetch(URL_OF_WECHAT, { method: 'GET', redirect: 'manual' } as never);
  const using = wayOut.use({ settings: { mode: 'none' }, password: null });
  await Promise.resolve();
  expect(electron.session.defaultSession.closeAllConnections).not.toHaveBeenCalled();
  answer.resolve(new Response('{}'));
  await Promise.all([call, using]);
  expect(electron.session.defaultSession.closeAllConnections).toHaveBeenCalledOnce();
});

describe('through a proxy that asks who this is', () => {
  it('a call gives it its password, and nobody else, and once', async () => {
    const wayOut = desktopWayOut();
    await wayOut.use(MANUAL);
    void ask(wayOut.fetch, '{}').answer;
    void ask(wayOut.fetch).answer;
    void ask(wayOut.fetch).answer;
    expect(electron.net.fetch).not.toHaveBeenCalled();
    const [first, second, third] = sent;
    expect(first?.options).toMatchObject({ url: URL_OF_WECHAT, redirect: 'error', credentials: 'omit' });
    expect(first?.headers).toEqual({ a: 'b' });
    expect(first?.end).toHaveBeenCalledExactlyOnceWith('{}');
    expect(asked(first)).toEqual(['li', 'word of the proxy']);
    expect(asked(first)).toEqual([]); // it did not take it: asked without end otherwise
    expect(asked(second, { host: 'other.example' })).toEqual([]);
    expect(asked(third, { isProxy: false })).toEqual([]);
    expect(wayOut.login(PROXY)).toEqual(['li', 'word of the proxy']);
    expect(wayOut.login({ ...PROXY, port: 8080 })).toBeNull();
  });

  it('the answer, a fault and a call given up come out as of any fetch', async () => {
    const wayOut = desktopWayOut();
    await wayOut.use(MANUAL);
    const calls = [ask(wayOut.fetch), ask(wayOut.fetch), ask(wayOut.fetch)];
    const message = Object.assign(Readable.from([Buffer.from('{"errcode":40013}')]), {
      statusCode: 200,
      headers: { date: 'Sun, 22 Nov 2026 12:00:00 GMT' },
    });
    sent[0]?.events.emit('response', message);
    const response = await calls[0]?.answer;
    expect(response?.headers.get('date')).toContain('2026');
    expect(await response?.json()).toEqual({ errcode: 40013 });
    sent[1]?.events.emit('error', new Error('net::ERR_TUNNEL_CONNECTION_FAILED'));
    await expect(calls[1]?.answer).rejects.toThrow('ERR_TUNNEL_CONNECTION_FAILED');
    calls[2]?.controller.abort(new Error('given up'));
    await expect(calls[2]?.answer).rejects.toThrow('given up');
    expect(sent[2]?.abort).toHaveBeenCalledOnce();
  });
});

it('leads the download of updates the same way', async () => {
  await desktopWayOut().use({ settings: { mode: 'none' }, password: null });
  expect(electron.session.fromPartition).toHaveBeenCalledWith('electron-updater', { cache: false });
  expect(trialSession.setProxy).toHaveBeenCalledExactlyOnceWith({ mode: 'direct' });
});

it('tries a proxy in a session of its own, and leaves the real one alone', async () => {
  const wayOut = desktopWayOut();
  const open = await wayOut.trial({ settings: { ...MANUAL.settings, username: null }, password: null });
  await open.fetch(URL_OF_WECHAT, { method: 'GET' } as never);
  expect(electron.session.fromPartition).toHaveBeenCalledWith('proxy-trial', { cache: false });
  expect(trialSession.fetch).toHaveBeenCalledOnce();
  const { fetch, end } = await wayOut.trial(MANUAL);
  void ask(fetch).answer;
  expect(sent[0]?.options.session).toBe(trialSession);
  expect(asked(sent[0])).toEqual(['li', 'word of the proxy']);
  expect(electron.net.fetch).not.toHaveBeenCalled();
  expect(electron.session.defaultSession.setProxy).not.toHaveBeenCalled();
  expect(wayOut.login(PROXY)).toBeNull();
  await end();
  expect(trialSession.closeAllConnections).toHaveBeenCalled();
});
