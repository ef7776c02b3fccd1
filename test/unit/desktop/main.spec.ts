/** What the app starts, in which order. `main.ts` runs when it is imported, so each test imports it afresh. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../electron/ledger/open.ts';
import * as mock from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

const opening = vi.hoisted(() => ({
  openConsole: vi.fn(),
  openDemo: vi.fn(),
  openPage: vi.fn(),
  resetLock: vi.fn(),
}));

vi.mock('../../../electron/open.ts', () => opening);
vi.mock('../../../electron/reset-lock.ts', () => ({ resetLock: opening.resetLock }));
vi.mock('../../../electron/page/page.ts', () => ({ openPage: opening.openPage, SAFE_HEADERS: {} }));

let console: FakeConsole;
let folder: string;
const argv = process.argv;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'));
  vi.resetModules();
  vi.doMock('electron', () => mock.electron);
  mock.resetElectron();
  mock.electron.app.isPackaged = false;
  console = fakeConsole();
  opening.openConsole.mockImplementation(() => console);
  opening.openDemo.mockImplementation(async () => console);
  opening.openPage.mockResolvedValue({ answer: vi.fn() });
});

afterEach(async () => {
  // A start that is under way would go on in the next test.
  for (const { members } of mock.windows) members.emit('ready-to-show');
  if (mock.windows.length > 0) await vi.waitFor(() => expect(mock.trays.length).toBeGreaterThan(0), 5000);
  rmSync(folder, { recursive: true });
  process.argv = argv;
  vi.unstubAllEnvs();
});

async function launch(...args: string[]): Promise<void> {
  process.argv = ['electron', '.', '--data-dir', folder, ...args];
  await import('../../../electron/main.ts');
}

/** The window is there and has its page. */
async function ready(): Promise<void> {
  await vi.waitFor(() => expect(mock.windows).toHaveLength(1));
  mock.windows[0]?.members.emit('ready-to-show');
}

/** When a mock was first called, among all calls of all mocks. */
const firstCall = (spy: { mock: { invocationCallOrder: number[] } }) => spy.mock.invocationCallOrder[0];

describe('the start', () => {
  it('takes the lock, registers the scheme, and once ready reads the page, shows the window, opens the console', async () => {
    await launch();
    await ready();
    await vi.waitFor(() => expect(opening.openConsole).toHaveBeenCalledOnce());
    const { app, protocol, ipcMain, session } = mock.electron;
    const loaded = mock.windows[0]?.members.loadURL;
    const order = [
      app.requestSingleInstanceLock,
      protocol.registerSchemesAsPrivileged,
      app.whenReady,
      opening.openPage,
      protocol.handle,
      session.defaultSession.setPermissionRequestHandler,
      ipcMain.handle,
      loaded ?? vi.fn(),
      opening.openConsole, // what the console needs is loaded while the window opens
    ].map(firstCall);
    expect(order).not.toContain(undefined);
    expect(order).toEqual(order.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(loaded?.mock.calls).toEqual([['app://console/']]);
  });

  it('lets nobody wait for the console before there is a window, nor the window for the console', async () => {
    await launch();
    await vi.waitFor(() => expect(mock.windows).toHaveLength(1));
    expect(mock.windows[0]?.members.show).toHaveBeenCalledOnce();
    const closing = mock.fakeEvent({});
    mock.windows[0]?.members.emit('close', closing);
    expect(closing.preventDefault).toHaveBeenCalledOnce(); // it goes on without its window even then
    expect(opening.openConsole).not.toHaveBeenCalled();
  });

  it('opens the console on the user’s data with the keychain', async () => {
    await launch();
    await ready();
    await vi.waitFor(() => expect(opening.openConsole).toHaveBeenCalledOnce());
    expect(opening.openConsole.mock.calls).toEqual([
      [
        {
          dataDir: folder,
          vault: 'keychain',
          vaultKeyFile: undefined,
          wayOut: expect.anything(),
          policy: expect.anything(),
          host: expect.objectContaining({
            abilities: expect.arrayContaining(['background', 'login', 'shield']),
            copyToken: expect.any(Function),
            saveFile: expect.any(Function),
            open: expect.any(Function),
            showDemo: expect.any(Function),
          }),
          log: expect.anything(),
          version: '1.2.3',
          ledger: expect.anything(),
        },
      ],
    ]);
    expect(opening.openDemo).not.toHaveBeenCalled();
  });

  it('of a demo opens no data folder and no keychain', async () => {
    await launch('--demo');
    await ready();
    await vi.waitFor(() => expect(opening.openDemo).toHaveBeenCalledOnce());
    expect(opening.openConsole).not.toHaveBeenCalled();
    expect(opening.openDemo).toHaveBeenCalledOnce();
    const { app } = mock.electron;
    expect(firstCall(app.setPath)).toBeLessThan(firstCall(app.requestSingleInstanceLock) ?? 0);
    app.emit('quit');
  });

  it('ends at once when the console is open already', async () => {
    mock.electron.app.requestSingleInstanceLock.mockReturnValueOnce(false);
    await launch();
    const { app, protocol } = mock.electron;
    expect(app.quit).toHaveBeenCalledOnce();
    expect(app.whenReady).not.toHaveBeenCalled();
    expect(protocol.registerSchemesAsPrivileged).not.toHaveBeenCalled();
    expect(opening.openConsole).not.toHaveBeenCalled();
  });

  it('that fails is told before there is a window, and the process ends with the code of the failure', async () => {
    const held = openLedger(folder);
    await launch();
    const { app, dialog } = mock.electron;
    await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[75]]));
    expect(dialog.showErrorBox).toHaveBeenCalledOnce();
    expect(mock.windows).toHaveLength(0);
    held.close();
  });

  it('that fails before the app is ready is told as well', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await launch('--data-dir', join(file, 'folder'));
    const { app, dialog } = mock.electron;
    await vi.waitFor(() => expect(app.exit.mock.calls).toEqual([[73]]));
    expect(dialog.showErrorBox).toHaveBeenCalledOnce();
    expect(firstCall(app.whenReady)).toBeLessThan(firstCall(dialog.showErrorBox) ?? 0);
  });

  it('takes a development server’s page only while the app is not packaged', async () => {
    vi.stubEnv('WTC_DEV_SERVER', 'http://localhost:5173/');
    mock.electron.app.isPackaged = true;
    await launch();
    await ready();
    expect(mock.windows[0]?.members.loadURL.mock.calls).toEqual([['app://console/']]);
  });
});

describe('while it runs', () => {
  beforeEach(async () => {
    await launch();
    await ready();
    await vi.waitFor(() => expect(mock.electron.Menu.setApplicationMenu).toHaveBeenCalledTimes(2));
  });

  it('a second launch and the Dock bring the window forward, a start at login does not', () => {
    const { app } = mock.electron;
    app.emit('second-instance', {}, ['app'], '/');
    app.emit('activate');
    app.emit('second-instance', {}, ['app', '--autostart'], '/');
    expect(mock.windows).toHaveLength(1);
    expect(mock.windows[0]?.members.focus).toHaveBeenCalledTimes(2);
  });

  it('every web contents is confined', () => {
    const contents = mock.fakeContents();
    mock.electron.app.emit('web-contents-created', {}, contents);
    expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce();
  });

  it('once it can be seen, tray and power are watched', async () => {
    await vi.waitFor(() => expect(mock.trays).toHaveLength(1));
    mock.electron.powerMonitor.emit('resume');
    await vi.waitFor(() => expect(console.lookedAgain).toBe(1));
  });

  it('closing the window leaves the console running', async () => {
    const event = mock.fakeEvent({});
    mock.windows[0]?.members.emit('close', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(mock.electron.app.quit).not.toHaveBeenCalled();
  });

  it('what is logged goes to a file in the data folder', () => {
    expect(existsSync(join(folder, 'logs', 'console.log'))).toBe(true);
  });

  it('quitting closes the console and clears a copied token first', async () => {
    const { app, clipboard } = mock.electron;
    await opening.openConsole.mock.lastCall?.[0].host.copyToken('token-a', 30);
    expect(await mock.emitWillQuit()).toEqual({ isPrevented: true, lost: 0 });
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(console.closed).toBe(true);
    expect(await clipboard.readText()).toBe('');
    expect(mock.trays.filter(({ members }) => members.destroy.mock.calls.length > 0)).toEqual([]);
  });

  it('a start while it ends opens no window: the app is started anew', async () => {
    const { app } = mock.electron;
    mock.windows[0]?.members.emit('closed');
    await mock.emitWillQuit();
    app.emit('activate');
    app.emit('second-instance', {}, ['app', '.', '--autostart'], '/');
    // As a real Electron was seen to hand it on: switches first, parted from their values.
    app.emit('second-instance', {}, ['app', '--data-dir', '--vault', '.', folder, 'memory'], '/');
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(mock.windows).toHaveLength(1);
    expect(app.relaunch).toHaveBeenCalledExactlyOnceWith({ args: ['.', '--data-dir', folder] });
  });

  it('a page that ends is loaded again', () => {
    const contents = mock.windows[0]?.webContents;
    contents?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    expect(contents?.reload).toHaveBeenCalledOnce();
  });
});

describe('a start at login', () => {
  it('opens no window where the system’s own place leads to one', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    await launch('--autostart');
    await vi.waitFor(() => expect(mock.trays).toHaveLength(1));
    expect(mock.windows).toHaveLength(0);
    mock.electron.app.emit('second-instance', {}, ['app'], '/');
    expect(mock.windows).toHaveLength(1);
    vi.restoreAllMocks();
  });
});

describe('a forgotten passphrase', () => {
  it('goes before the console opens, once a person confirmed it', async () => {
    mock.electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    await launch('--reset-lock');
    await ready();
    await vi.waitFor(() => expect(opening.openConsole).toHaveBeenCalledOnce());
    expect(opening.resetLock).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ dataDir: folder }));
    expect(firstCall(opening.resetLock)).toBeLessThan(firstCall(opening.openConsole) ?? 0);
  });

  it('stays otherwise, and the console opens', async () => {
    await launch('--reset-lock');
    await ready();
    expect(opening.resetLock).not.toHaveBeenCalled();
  });
});
