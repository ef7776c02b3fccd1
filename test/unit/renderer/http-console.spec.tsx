import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleEvent } from '../../../electron/console/contract.ts';
import { commands } from '../../../electron/console/contract.ts';
import { httpConsole, keyIn, takeKeyFromAddress } from '../../../renderer/http-console.ts';
import type { LinkState } from '../../../renderer/state.ts';

const fetchStub = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const begun = (session = 'a-session') => json({ ok: true, value: { session } });
const SESSION = 'token-console.session';

/** One answer of `/bridge/events`, written to by the test. */
interface Stream {
  readonly signal: AbortSignal;
  readonly bearer: string;
  write(text: string): void;
  end(): void;
}
const streams: Stream[] = [];

/** Answers requests for the events with a stream; the rest as the stub is told. */
function serveEvents(): void {
  fetchStub.mockImplementation(async (path, init) => {
    if (path !== '/bridge/events') throw new TypeError(`nothing is told of ${path}`);
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
    const writer = writable.getWriter();
    const signal = init?.signal as AbortSignal;
    signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => undefined));
    streams.push({
      signal,
      bearer: new Headers(init?.headers).get('authorization') ?? '',
      write: (text) => void writer.write(new TextEncoder().encode(text)).catch(() => undefined),
      end: () => void writer.close().catch(() => undefined),
    });
    return new Response(readable, { status: 200 });
  });
}

function opened(index: number): Stream {
  const stream = streams.at(index);
  if (!stream) throw new Error('no stream was opened');
  return stream;
}

/** Lets what is under way go on, and then `ms` pass. */
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

let hidden = false;
function look(isHidden: boolean): void {
  hidden = isHidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** What another tab of the same origin does to the session. */
function elsewhere(session: string | null): void {
  if (session === null) localStorage.removeItem(SESSION);
  else localStorage.setItem(SESSION, session);
  window.dispatchEvent(new StorageEvent('storage', { key: SESSION }));
}

const stops: (() => void)[] = [];

/** A console that listens until the test ends, and what it told. */
function listening() {
  const console = httpConsole();
  const links: LinkState[] = [];
  const events: ConsoleEvent[] = [];
  console.onLink((link) => links.push(link));
  const stop = console.listen((event) => events.push(event));
  stops.push(stop);
  return { console, links, events, stop };
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetchStub);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  localStorage.setItem(SESSION, 'a-session');
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  fetchStub.mockReset();
  streams.length = 0;
  hidden = false;
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the admin key', () => {
  it('is found in what a person pastes', () => {
    expect(keyIn('  abc  ')).toBe('abc');
    expect(keyIn('http://127.0.0.1:7320/#key=abc&x=1')).toBe('abc');
    expect(keyIn('http://127.0.0.1:7320/#/history')).toBeNull();
    expect(keyIn('   ')).toBeNull();
  });

  it('leaves the address bar as soon as it is read', () => {
    window.history.replaceState(null, '', '/#other=1&key=abc');
    expect(takeKeyFromAddress()).toBe('abc');
    expect(window.location.hash).toBe('');
    window.location.hash = '#/settings';
    expect(takeKeyFromAddress()).toBeNull();
    expect(window.location.hash).toBe('#/settings');
  });

  it('is sent once, as a header, for a session, which is kept in its place', async () => {
    localStorage.clear();
    fetchStub.mockResolvedValue(begun('another'));
    expect(await httpConsole().signIn('abc')).toBe('ok');
    const [path, init] = fetchStub.mock.calls[0] ?? [];
    expect(path).toBe('/session');
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      headers: { authorization: 'Bearer abc' },
    });
    expect({ ...localStorage }).toEqual({ [SESSION]: 'another' });
  });

  it('that no header can hold is a wrong one', async () => {
    expect(await httpConsole().signIn('把地址粘贴到这里')).toBe('wrong-key');
    expect(fetchStub).not.toHaveBeenCalled();
  });

  it('that is wrong differs from a console that is gone', async () => {
    fetchStub.mockResolvedValueOnce(json({}, 401));
    expect(await httpConsole().signIn('abc')).toBe('wrong-key');
    fetchStub.mockResolvedValueOnce(json({}, 429));
    expect(await httpConsole().signIn('abc')).toBe('too-many');
    fetchStub.mockResolvedValueOnce(json({}, 503));
    expect(await httpConsole().signIn('abc')).toBe('unreachable');
    fetchStub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    expect(await httpConsole().signIn('abc')).toBe('unreachable');
  });
});

describe('a command', () => {
  it('is posted under its name and its answer handed on', async () => {
    const answer = { ok: true, value: { removed: true } };
    fetchStub.mockResolvedValue(json(answer));
    const input = { appId: 'wx00000000000000a1' };
    expect(await httpConsole().commands['accounts.remove'](input)).toEqual(answer);
    const [path, init] = fetchStub.mock.calls[0] ?? [];
    expect(path).toBe('/bridge/accounts.remove');
    expect(JSON.parse(String(init?.body))).toEqual(input);
    expect(init).toMatchObject({
      credentials: 'omit',
      headers: { authorization: 'Bearer a-session', 'content-type': 'application/json' },
    });
  });

  it('exists for each of the contract', () => {
    expect(Object.keys(httpConsole().commands)).toEqual(Object.keys(commands));
  });

  it.each([401, 429])(
    'whose session has ended (%i) says so, forgets it and asks for the key',
    async (status) => {
      const console = httpConsole();
      const links: LinkState[] = [];
      console.onLink((link) => links.push(link));
      fetchStub.mockResolvedValue(json({}, status));
      const answer = await console.commands['state.get']({});
      expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
      expect(links).toEqual(['signed-out']);
      expect(localStorage.getItem(SESSION)).toBeNull();
      await console.commands['state.get']({});
      expect(fetchStub).toHaveBeenCalledTimes(1);
    },
  );

  it('goes on with the session that another tab has begun meanwhile', async () => {
    fetchStub.mockImplementationOnce(async () => {
      localStorage.setItem(SESSION, 'newer');
      return json({}, 401);
    });
    fetchStub.mockResolvedValueOnce(json({ ok: true, value: {} }));
    expect(await httpConsole().commands['state.get']({})).toEqual({ ok: true, value: {} });
    expect(fetchStub.mock.calls[1]?.[1]).toMatchObject({ headers: { authorization: 'Bearer newer' } });
  });

  it('that finds no console, or no JSON, ends with an error and is not thrown', async () => {
    fetchStub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    expect(await httpConsole().commands['state.get']({})).toMatchObject({ error: { code: 'unreachable' } });
    fetchStub.mockResolvedValueOnce(new Response('<html>', { status: 502 }));
    expect(await httpConsole().commands['state.get']({})).toMatchObject({ error: { code: 'unreachable' } });
  });
});

describe('signing out', () => {
  it('ends the session, forgets it and says so, even when the console is gone', async () => {
    const console = httpConsole();
    const links: LinkState[] = [];
    console.onLink((link) => links.push(link));
    fetchStub.mockResolvedValueOnce(new Response(null, { status: 204 }));
    await console.signOut();
    expect(fetchStub.mock.calls[0]).toMatchObject([
      '/session',
      { method: 'DELETE', credentials: 'omit', headers: { authorization: 'Bearer a-session' } },
    ]);
    expect(localStorage.getItem(SESSION)).toBeNull();
    expect(links).toEqual(['signed-out']);
    localStorage.setItem(SESSION, 'next');
    fetchStub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await console.signOut();
    expect(localStorage.getItem(SESSION)).toBeNull();
  });
});

describe('the events', () => {
  const REMOVED = { type: 'account-removed', appId: 'wx00000000000000a1' } as const;
  const line = `data: ${JSON.stringify(REMOVED)}\n\n`;

  beforeEach(() => {
    vi.useFakeTimers();
    serveEvents();
  });

  it('are asked for with the session in the header and handed on one by one', async () => {
    const { events, links } = listening();
    await pass();
    expect(fetchStub.mock.calls[0]).toMatchObject([
      '/bridge/events',
      { method: 'GET', credentials: 'omit', headers: { authorization: 'Bearer a-session' } },
    ]);
    opened(0).write(`retry: 2000\n\n${line.slice(0, 20)}`);
    await pass();
    expect(events).toEqual([]);
    opened(0).write(`${line.slice(20)}: still here\n\n${line}`);
    await pass();
    expect(events).toEqual([REMOVED, REMOVED]);
    expect(links).toEqual([]);
  });

  it('that end are asked for again after the time the console named, and it is said', async () => {
    const { links } = listening();
    await pass();
    opened(0).write(`retry: 700\n\n${line}`);
    await pass();
    opened(0).end();
    await pass(699);
    expect(links).toEqual(['lost']);
    expect(streams).toHaveLength(1);
    await pass(1);
    expect(streams).toHaveLength(2);
  });

  it('are asked for less and less often while there is no console, and at once when the network is back', async () => {
    const { links } = listening();
    fetchStub.mockRejectedValue(new TypeError('Failed to fetch'));
    await pass();
    opened(0).end();
    await pass(60_000);
    const tries = fetchStub.mock.calls.length - 1;
    expect(tries).toBe(6); // after 2, 6, 14, 29, 44 and 59 s
    expect(new Set(links)).toEqual(new Set(['lost']));
    window.dispatchEvent(new Event('online'));
    await pass();
    expect(fetchStub.mock.calls.length - 1).toBe(tries + 1);
    serveEvents();
    await pass(15_000);
    opened(-1).write(line);
    await pass();
    opened(-1).end();
    await pass(2000);
    expect(streams).toHaveLength(3);
  });

  it.each([404, 500, 503])('that the console answers with %i are asked for again', async (status) => {
    fetchStub.mockResolvedValueOnce(json({}, status));
    const { links } = listening();
    await pass(2000);
    expect(links).toEqual(['lost']);
    expect(streams).toHaveLength(1);
  });

  it('that fall silent are given up and asked for again', async () => {
    const { links } = listening();
    await pass();
    for (let i = 0; i < 5; i += 1) {
      opened(0).write(': still here\n\n');
      await pass(49_999);
    }
    expect(links).toEqual([]);
    await pass(1);
    expect([links, opened(0).signal.aborted]).toEqual([['lost'], true]);
    await pass(2000);
    expect(streams).toHaveLength(2);
  });

  it('whose request gets no answer are asked for again', async () => {
    fetchStub.mockImplementationOnce(
      (_path, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    );
    const { links } = listening();
    await pass(52_000);
    expect(links).toEqual(['lost']);
    expect(streams).toHaveLength(1);
  });

  it('that cannot be read are asked for again', async () => {
    const { links } = listening();
    await pass();
    opened(0).write('data: {"type":\n\n');
    await pass(2000);
    expect(links).toEqual(['lost']);
    expect(streams).toHaveLength(2);
  });

  it('that need a session wait for the key, then resume', async () => {
    fetchStub.mockResolvedValueOnce(json({}, 401));
    const { console, links } = listening();
    await pass(60_000);
    expect(links).toEqual(['signed-out']);
    expect(streams).toHaveLength(0);
    fetchStub.mockResolvedValueOnce(begun('b-session'));
    await console.signIn('abc');
    await pass();
    expect(opened(0).bearer).toBe('Bearer b-session');
  });

  it('end when another tab signs out, and begin when one signs in', async () => {
    const { links } = listening();
    await pass();
    elsewhere(null);
    await pass(60_000);
    expect(opened(0).signal.aborted).toBe(true);
    expect([new Set(links), streams.length]).toEqual([new Set(['signed-out']), 1]);
    elsewhere('b-session');
    await pass();
    expect(opened(1).bearer).toBe('Bearer b-session');
  });

  it('are let go of while nobody has looked for five minutes, and are there again at the first look', async () => {
    const { links } = listening();
    const passWithBeats = async (minutes: number) => {
      for (let i = 0; i < minutes * 6; i += 1) {
        opened(0).write(': still here\n\n');
        await pass(10_000);
      }
    };
    await pass();
    look(true);
    await passWithBeats(4);
    look(false);
    await passWithBeats(1);
    look(true);
    await passWithBeats(4);
    expect(opened(0).signal.aborted).toBe(false);
    await passWithBeats(1);
    expect(opened(0).signal.aborted).toBe(true);
    await pass(60 * 60_000);
    window.dispatchEvent(new Event('online'));
    elsewhere('b-session');
    await pass();
    expect([links, streams.length]).toEqual([[], 1]);
    elsewhere(null);
    expect(links).toEqual(['signed-out']);
    elsewhere('b-session');
    look(false);
    await pass();
    expect(opened(1).bearer).toBe('Bearer b-session');
  });

  it('end when the page is left or nobody listens any more', async () => {
    const { stop } = listening();
    await pass();
    window.dispatchEvent(new Event('pagehide'));
    await pass(10_000);
    expect([opened(0).signal.aborted, streams.length]).toEqual([true, 1]);
    window.dispatchEvent(new Event('pageshow'));
    await pass();
    stop();
    await pass(60_000);
    look(false);
    await pass(60_000);
    expect([opened(1).signal.aborted, streams.length]).toEqual([true, 2]);
  });
});
