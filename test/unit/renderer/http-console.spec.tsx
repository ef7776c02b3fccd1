import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleEvent } from '../../../electron/console/contract.ts';
import { commands } from '../../../electron/console/contract.ts';
import { httpConsole, keyIn, takeKeyFromAddress } from '../../../renderer/http-console.ts';
import type { LinkState } from '../../../renderer/state.ts';

class FakeEventSource {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static readonly opened: FakeEventSource[] = [];
  readonly url: string;
  readyState = FakeEventSource.OPEN;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
  }

  breakOff(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}

const fetchStub = vi.fn<typeof fetch>();
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function opened(index: number): FakeEventSource {
  const source = FakeEventSource.opened.at(index);
  if (!source) throw new Error('no event source was opened');
  return source;
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetchStub);
  vi.stubGlobal('EventSource', FakeEventSource);
});

afterEach(() => {
  fetchStub.mockReset();
  FakeEventSource.opened.length = 0;
  vi.unstubAllGlobals();
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

  it('is sent once, as a header, for a session', async () => {
    fetchStub.mockResolvedValue(json({}));
    expect(await httpConsole().signIn('abc')).toBe('ok');
    const [path, init] = fetchStub.mock.calls[0] ?? [];
    expect(path).toBe('/session');
    expect(init).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer abc' } });
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
    expect(init?.headers).toEqual({ 'content-type': 'application/json' });
  });

  it('exists for each of the contract', () => {
    expect(Object.keys(httpConsole().commands)).toEqual(Object.keys(commands));
  });

  it('that finds no session says so and asks for the key', async () => {
    const console = httpConsole();
    const links: LinkState[] = [];
    console.onLink((link) => links.push(link));
    fetchStub.mockResolvedValue(json({}, 401));
    const answer = await console.commands['state.get']({});
    expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(links).toEqual(['signed-out']);
  });

  it('that finds no console, or no JSON, ends with an error and is not thrown', async () => {
    fetchStub.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    expect(await httpConsole().commands['state.get']({})).toMatchObject({ error: { code: 'unreachable' } });
    fetchStub.mockResolvedValueOnce(new Response('<html>', { status: 502 }));
    expect(await httpConsole().commands['state.get']({})).toMatchObject({ error: { code: 'unreachable' } });
  });
});

describe('the events', () => {
  it('are handed on one by one', () => {
    const events: ConsoleEvent[] = [];
    httpConsole().listen((event) => events.push(event));
    expect(opened(0).url).toBe('/bridge/events');
    opened(0).onmessage?.({ data: '{"type":"account-removed","appId":"wx00000000000000a1"}' });
    expect(events).toEqual([{ type: 'account-removed', appId: 'wx00000000000000a1' }]);
  });

  it('that break off are left to the browser to resume, and it is said', () => {
    const console = httpConsole();
    const links: LinkState[] = [];
    console.onLink((link) => links.push(link));
    console.listen(() => undefined);
    opened(0).breakOff(FakeEventSource.CONNECTING);
    expect(links).toEqual(['lost']);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  it('that the console refused are asked for again while it restarts', async () => {
    vi.useFakeTimers();
    httpConsole().listen(() => undefined);
    fetchStub.mockRejectedValue(new TypeError('Failed to fetch'));
    opened(0).breakOff(FakeEventSource.CLOSED);
    await vi.advanceTimersByTimeAsync(3000);
    expect(FakeEventSource.opened).toHaveLength(2);
  });

  it('that need a session wait for the key, then resume', async () => {
    vi.useFakeTimers();
    const console = httpConsole();
    const links: LinkState[] = [];
    console.onLink((link) => links.push(link));
    console.listen(() => undefined);
    fetchStub.mockResolvedValueOnce(json({}, 401));
    opened(0).breakOff(FakeEventSource.CLOSED);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(links).toEqual(['lost', 'signed-out']);
    expect(FakeEventSource.opened).toHaveLength(1);
    fetchStub.mockResolvedValueOnce(json({}));
    await console.signIn('abc');
    expect(FakeEventSource.opened).toHaveLength(2);
  });

  it('end when nobody listens any more', () => {
    const stop = httpConsole().listen(() => undefined);
    stop();
    expect(opened(0).readyState).toBe(FakeEventSource.CLOSED);
  });
});
