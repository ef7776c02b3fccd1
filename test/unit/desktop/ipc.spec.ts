import type { IpcMainEvent, IpcMainInvokeEvent, MessagePortMain, WebContents, WebFrameMain } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { carry } from '../../../electron/desktop/ipc.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';
import { emptyState, type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const contents = {} as WebContents;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let console: FakeConsole;
let window: WebContents | null;
let opening: PromiseWithResolvers<FakeConsole>;
/** What waits for the console goes on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  resetElectron();
  console = fakeConsole();
  window = contents;
  opening = Promise.withResolvers();
  opening.resolve(console);
  carry(opening.promise, { contents: () => window, origin: 'app://console' }, log);
});

function frame(changes: Partial<WebFrameMain> = {}): WebFrameMain {
  return { origin: 'app://console', parent: null, ...changes } as WebFrameMain;
}

const own = { sender: contents, senderFrame: frame() };
const disposed = {
  sender: contents,
  get senderFrame(): WebFrameMain {
    throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  },
};
const foreign: [string, Partial<IpcMainEvent>][] = [
  ['a frame inside the page', { ...own, senderFrame: frame({ parent: frame() }) }],
  ['another origin', { ...own, senderFrame: frame({ origin: 'https://evil.example' }) }],
  ['an origin that only looks alike', { ...own, senderFrame: frame({ origin: 'app://console.evil' }) }],
  ['an opaque origin', { ...own, senderFrame: frame({ origin: 'null' }) }],
  ['a frame that is gone', { ...own, senderFrame: null }],
  ['a frame that was disposed of', disposed],
  ['another window', { ...own, sender: {} as WebContents }],
];

function call(event: Partial<IpcMainInvokeEvent>, command: unknown, input: unknown): unknown {
  const [channel, handler] = electron.ipcMain.handle.mock.lastCall ?? [];
  expect(channel).toBe('bridge:call');
  return handler?.(event as IpcMainInvokeEvent, command, input);
}

function fakePort() {
  const closers: (() => void)[] = [];
  const port = {
    postMessage: vi.fn<MessagePortMain['postMessage']>(),
    start: vi.fn<MessagePortMain['start']>(),
    once: (event: string, closer: () => void) => event === 'close' && closers.push(closer),
  };
  return { ...port, close: () => closers.forEach((closer) => void closer()) };
}

function listen(event: Partial<IpcMainEvent>, ports: ReturnType<typeof fakePort>[]): void {
  electron.ipcMain.emit('bridge:listen', Object.assign(event, { ports }), null);
}

describe('a call', () => {
  it('from our own page is carried out', async () => {
    const answer = { ok: true, value: { command: 'state.get', input: {} } };
    expect(await call(own, 'state.get', {})).toEqual(answer);
    expect(log.error).not.toHaveBeenCalled();
  });

  it.each(foreign)('from %s is refused and logged without its content', (_who, event) => {
    expect(() => call(event, 'accounts.setSecret', { secret: 'sandbox-secret-of-shop' })).toThrow(
      'This page may not use the bridge.',
    );
    expect(console.executed).toEqual([]);
    expect(log.error.mock.calls).toEqual([
      [{ channel: 'bridge:call' }, 'a message from a foreign sender was refused'],
    ]);
  });

  it('from a foreign sender is refused each time and logged once a minute', () => {
    const [, other] = foreign[0] ?? [];
    for (let i = 0; i < 100; i += 1) expect(() => call(other ?? {}, 'state.get', {})).toThrow();
    expect(log.error).toHaveBeenCalledTimes(1);
  });

  it('is refused while there is no window', () => {
    window = null;
    expect(() => call(own, 'state.get', {})).toThrow();
  });

  it('with something else for a command’s name is an unknown command', async () => {
    await call(own, { command: 'state.get' }, {});
    expect(console.executed).toEqual([{ command: '[object Object]', input: {} }]);
  });
});

describe('listening', () => {
  it('sends the state, then each change, until the port closes', async () => {
    const port = fakePort();
    listen({ ...own }, [port]);
    await settle();
    expect(port.postMessage.mock.calls).toEqual([[{ type: 'state', state: emptyState }]]);
    expect(port.start).toHaveBeenCalledOnce();

    const change = { type: 'account-removed', appId: 'wx00000000000000a1' } as const;
    console.announce(change);
    expect(port.postMessage).toHaveBeenLastCalledWith(change);

    port.close();
    await settle();
    expect(console.listeners).toBe(0);
  });

  it('is for each port by itself', async () => {
    const [first, second] = [fakePort(), fakePort()];
    listen({ ...own }, [first]);
    listen({ ...own }, [second]);
    await settle();
    expect(first.postMessage).toHaveBeenCalledOnce();
    first.close();
    await settle();
    expect(console.listeners).toBe(1);
  });

  it.each(foreign)('from %s is refused', async (_who, event) => {
    const port = fakePort();
    const copy = Object.create(event, { ports: { value: [port] } });
    electron.ipcMain.emit('bridge:listen', copy, null);
    await settle();
    expect(port.postMessage).not.toHaveBeenCalled();
    expect(console.listeners).toBe(0);
    expect(log.error).toHaveBeenCalledOnce();
  });

  it('without a port is refused', async () => {
    listen({ ...own }, []);
    await settle();
    expect(console.listeners).toBe(0);
  });
});

describe('before the console is open', () => {
  beforeEach(() => {
    resetElectron();
    opening = Promise.withResolvers();
    carry(opening.promise, { contents: () => window, origin: 'app://console' }, log);
  });

  it('a call waits for it', async () => {
    const answer = call(own, 'state.get', {});
    await settle();
    expect(console.executed).toEqual([]);
    opening.resolve(console);
    expect(await answer).toMatchObject({ ok: true });
  });

  it('who listens hears the state once it is, and nothing when the port has closed meanwhile', async () => {
    const [stays, goes] = [fakePort(), fakePort()];
    listen({ ...own }, [stays]);
    listen({ ...own }, [goes]);
    goes.close();
    opening.resolve(console);
    await settle();
    expect(stays.postMessage.mock.calls).toEqual([[{ type: 'state', state: emptyState }]]);
    expect(console.listeners).toBe(1);
  });

  it('a foreign sender is refused all the same', () => {
    const [, event] = foreign[0] ?? [];
    expect(() => call(event ?? {}, 'state.get', {})).toThrow('This page may not use the bridge.');
  });

  it('a console that never opens leaves nothing unheard', async () => {
    listen({ ...own }, [fakePort()]);
    const answer = call(own, 'state.get', {}) as Promise<unknown>;
    opening.reject(new Error('held'));
    await expect(answer).rejects.toThrow('held');
    await settle();
  });
});

it('has no other channel', () => {
  expect(electron.ipcMain.handle.mock.calls.map(([channel]) => channel)).toEqual(['bridge:call']);
  expect(electron.ipcMain.emit('bridge:other', own)).toBe(false);
});
