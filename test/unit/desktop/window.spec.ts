import { beforeEach, describe, expect, it, vi } from 'vitest';
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
