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

  it('opens at its size, remembers where it was, and shows at once: later it may never be drawn', () => {
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
    expect(window?.members.show).toHaveBeenCalledOnce();
    const [shown, loaded] = [window?.members.show, window?.members.loadURL].map(
      (spy) => spy?.mock.invocationCallOrder[0] ?? 0,
    );
    expect(shown).toBeLessThan(loaded ?? 0);
    window?.members.emit('ready-to-show');
    expect(window?.members.show).toHaveBeenCalledOnce();
  });

  it.runIf(process.platform === 'linux')(
    'shows the app’s icon where a window manager asks the window',
    () => {
      createWindow('/dist/preload.cjs', 'app://console/').show();
      expect(windows[0]?.options.icon).toBe('/dist/icons/window.png');
    },
  );

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
    const [shown, minimised] = [windows[0]?.members.showInactive, windows[0]?.members.minimize].map(
      (spy) => spy?.mock.invocationCallOrder[0] ?? 0,
    );
    expect(shown).toBeLessThan(minimised ?? 0);
    windows[0]?.members.emit('ready-to-show');
    expect(windows[0]?.members.minimize).toHaveBeenCalledOnce();
    expect(windows[0]?.members.show).not.toHaveBeenCalled();
    window.show();
    expect(windows[0]?.members.restore).toHaveBeenCalledOnce();
    expect(windows[0]?.members.show).toHaveBeenCalledOnce();
  });

  it('is minimised again on Wayland once it is drawn, unless somebody asked for it meanwhile', async () => {
    electron.app.commandLine.getSwitchValue.mockReturnValue('wayland');
    for (const isWanted of [false, true]) {
      const window = createWindow('/p', 'app://console/');
      window.showMinimised();
      const members = windows.at(-1)?.members;
      if (isWanted) window.show();
      members?.emit('ready-to-show');
      await window.seen();
      expect(members?.minimize).toHaveBeenCalledTimes(isWanted ? 1 : 2);
    }
    electron.app.commandLine.getSwitchValue.mockReturnValue('');
  });

  it('is opened once', () => {
    const window = createWindow('/p', 'app://console/');
    window.showMinimised();
    window.showMinimised();
    window.show();
    window.showMinimised();
    expect(windows).toHaveLength(1);
    expect(windows[0]?.members.minimize).toHaveBeenCalledOnce();
  });
});

describe('a window that was put away', () => {
  const away = () => {
    const window = createWindow('/p', 'app://console/');
    window.show();
    window.minimise();
    return { window, members: windows[0]?.members };
  };

  it('is restored', () => {
    const { window, members } = away();
    window.show();
    expect(members?.restore).toHaveBeenCalledOnce();
    expect(members?.hide).not.toHaveBeenCalled();
    expect(members?.show).toHaveBeenCalledTimes(2);
  });

  it('is hidden and shown on Wayland, where a window cannot take itself back from being minimised', () => {
    const { window, members } = away();
    electron.app.commandLine.getSwitchValue.mockReturnValueOnce('wayland');
    window.show();
    const calls = [members?.restore, members?.hide, members?.show].map(
      (spy) => spy?.mock.invocationCallOrder.at(-1) ?? 0,
    );
    expect(calls).toEqual(calls.toSorted((a, b) => a - b));
    expect(members?.hide).toHaveBeenCalledOnce();
  });

  it('is left as it is once a person has brought it back', () => {
    const { window, members } = away();
    members?.emit('focus');
    window.show();
    members?.emit('minimize');
    window.show();
    expect(members?.restore).toHaveBeenCalledOnce();
  });
});

it('has the focus or not, and not without a window', () => {
  const window = createWindow('/p', 'app://console/');
  expect(window.hasFocus()).toBe(false);
  window.show();
  expect(window.hasFocus()).toBe(true);
  windows[0]?.members.isFocused.mockReturnValueOnce(false);
  expect(window.hasFocus()).toBe(false);
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
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toHaveBeenCalledTimes(2);
  });

  it.each(['loaded', 'closed', 'late'] as const)(
    'does not wait for ready-to-show where it does not come: %s',
    async (what) => {
      const window = createWindow('/p', 'app://console/');
      window.show();
      const seen = vi.fn();
      void window.seen().then(seen);
      if (what === 'loaded') windows[0]?.webContents.emit('did-finish-load');
      if (what === 'closed') windows[0]?.members.emit('closed');
      await vi.advanceTimersByTimeAsync(what === 'late' ? 3000 : 0);
      expect(seen).toHaveBeenCalledOnce();
    },
  );
});

it('each new window is known to who listens, before it is shown', () => {
  const window = createWindow('/p', 'app://console/');
  const listener = vi.fn();
  window.each(listener);
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
