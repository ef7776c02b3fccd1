import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entryOf } from '../../../electron/desktop/entry.ts';
import { createWindow } from '../../../electron/desktop/window.ts';
import { electron, resetElectron, windows } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

beforeEach(resetElectron);

describe('the window', () => {
  it('gives the page a sandbox and nothing of Node', () => {
    createWindow('/dist/preload.cjs', 'app://console/').show();
    expect(windows[0]?.options.webPreferences).toEqual({
      preload: '/dist/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
  });

  it('opens at its size, remembers where it was, and shows when there is something to see', () => {
    createWindow('/dist/preload.cjs', 'app://console/').show();
    const [window] = windows;
    expect(window?.options).toMatchObject({
      name: 'console',
      windowStatePersistence: true,
      width: 1180,
      height: 760,
      minWidth: 720,
      minHeight: 480,
      show: false,
    });
    expect(window?.members.loadURL).toHaveBeenCalledExactlyOnceWith('app://console/');
    expect(window?.members.show).not.toHaveBeenCalled();
    window?.members.emit('ready-to-show');
    expect(window?.members.show).toHaveBeenCalledOnce();
  });

  it('has the background of the theme', () => {
    for (const [dark, colour] of [
      [true, '#242424'],
      [false, '#ffffff'],
    ] as const) {
      electron.nativeTheme.shouldUseDarkColors = dark;
      createWindow('/p', 'app://console/').show();
      expect(windows.at(-1)?.options.backgroundColor).toBe(colour);
    }
  });

  it('is one, brought forward when asked for again, and a new one once closed', () => {
    const window = createWindow('/p', 'app://console/');
    expect(window.contents()).toBeNull();
    window.show();
    expect(window.contents()).toBe(windows[0]?.webContents);

    windows[0]?.members.isMinimized.mockReturnValueOnce(true);
    window.show();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.members.restore).toHaveBeenCalledOnce();
    expect(windows[0]?.members.focus).toHaveBeenCalledOnce();
    window.show();
    expect(windows[0]?.members.restore).toHaveBeenCalledOnce();

    windows[0]?.members.emit('closed');
    expect(window.contents()).toBeNull();
    window.show();
    expect(windows).toHaveLength(2);
  });
});

describe('a page of it', () => {
  const opened = () => windows[0];

  it('is where a new window begins', () => {
    createWindow('/p', 'app://console/').show('#/add');
    expect(opened()?.members.loadURL.mock.calls).toEqual([['app://console/#/add']]);
  });

  it('is gone to in the open window, which stays there when it is there already', () => {
    const window = createWindow('/p', 'app://console/');
    window.show();
    window.show('#/account/wx00000000000000a1');
    const address = 'app://console/#/account/wx00000000000000a1';
    expect(opened()?.members.loadURL.mock.calls).toEqual([['app://console/'], [address]]);
    opened()?.webContents.getURL.mockReturnValue(address);
    window.show('#/account/wx00000000000000a1');
    window.show();
    expect(opened()?.members.loadURL).toHaveBeenCalledTimes(2);
    expect(opened()?.members.focus).toHaveBeenCalledTimes(3);
  });

  it('that was overtaken by another is no fault', async () => {
    const window = createWindow('/p', 'app://console/');
    window.show();
    opened()?.members.loadURL.mockRejectedValueOnce(new Error('ERR_ABORTED'));
    window.show('#/add');
    await new Promise((resolve) => setTimeout(resolve));
  });
});

describe('a window that nobody asked for', () => {
  it('opens minimised, and comes up when somebody does', () => {
    const window = createWindow('/p', 'app://console/');
    window.showMinimised();
    windows[0]?.members.emit('ready-to-show');
    expect(windows[0]?.members.minimize).toHaveBeenCalledOnce();
    expect(windows[0]?.members.show).not.toHaveBeenCalled();
    window.show();
    expect(windows[0]?.members.show).toHaveBeenCalledOnce();
  });

  it('is not minimised when somebody asked meanwhile', () => {
    const window = createWindow('/p', 'app://console/');
    window.showMinimised();
    window.show();
    windows[0]?.members.emit('ready-to-show');
    expect(windows[0]?.members.minimize).not.toHaveBeenCalled();
    window.showMinimised();
    expect(windows).toHaveLength(1);
  });
});

describe('being seen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is when there is something to see, at once without a window, and after 3 s at most', async () => {
    const window = createWindow('/p', 'app://console/');
    await window.seen();
    window.show();
    const seen = vi.fn();
    void window.seen().then(seen);
    await vi.advanceTimersByTimeAsync(10);
    expect(seen).not.toHaveBeenCalled();
    windows[0]?.members.emit('ready-to-show');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toHaveBeenCalledOnce();
    void window.seen().then(seen);
    await vi.advanceTimersByTimeAsync(3000);
    expect(seen).toHaveBeenCalledTimes(2);
  });
});

it('each new window is known to who listens, before it is shown', () => {
  const window = createWindow('/p', 'app://console/');
  const listener = vi.fn();
  window.eachNew(listener);
  window.show();
  window.show();
  expect(listener.mock.calls).toEqual([[windows[0]]]);
  expect(window.current()).toBe(windows[0]);
  windows[0]?.members.emit('closed');
  expect(window.current()).toBeNull();
  window.show();
  expect(listener).toHaveBeenCalledTimes(2);
});

describe('the entry', () => {
  it('is our own page', () => {
    expect(entryOf(false, undefined)).toEqual({ url: 'app://console/', origin: 'app://console' });
  });

  it('is a development server’s only while the app is not packaged', () => {
    const server = 'http://localhost:5173/?dev';
    expect(entryOf(false, server)).toEqual({ url: server, origin: 'http://localhost:5173' });
    expect(entryOf(true, server)).toEqual({ url: 'app://console/', origin: 'app://console' });
  });
});
