/**
 * Stands in for the `electron` package, which tries to download a browser as soon as it is loaded. Every member is
 * checked against electron.d.ts: what does not exist there, or has another shape, does not compile here.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { vi } from 'vitest';

type Events<T> = Pick<T, keyof T & ('on' | 'once' | 'emit')>;

const emitters: EventEmitter[] = [];

function events<T>(): Events<T> {
  const emitter = new EventEmitter();
  emitters.push(emitter);
  const members = {
    on: emitter.on.bind(emitter),
    once: emitter.once.bind(emitter),
    emit: emitter.emit.bind(emitter),
  };
  return members as unknown as Events<T>;
}

export function fakeContents() {
  return {
    ...events<Electron.WebContents>(),
    setWindowOpenHandler: vi.fn<Electron.WebContents['setWindowOpenHandler']>(),
  } satisfies Partial<Electron.WebContents>;
}

type WindowMember = Events<Electron.BrowserWindow> & Partial<Electron.BrowserWindow>;

/** The windows opened since the last reset, oldest first. */
export const windows: FakeWindow[] = [];

class FakeWindow {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = fakeContents();
  readonly members = {
    ...events<Electron.BrowserWindow>(),
    show: vi.fn<Electron.BrowserWindow['show']>(),
    focus: vi.fn<Electron.BrowserWindow['focus']>(),
    restore: vi.fn<Electron.BrowserWindow['restore']>(),
    isMinimized: vi.fn<Electron.BrowserWindow['isMinimized']>(() => false),
    loadURL: vi.fn<Electron.BrowserWindow['loadURL']>(async () => {}),
  } satisfies WindowMember;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.options = options;
    Object.assign(this, this.members);
    windows.push(this);
  }
}

let clipboardText = '';

/** What Electron's modules are in the tests, by the names they are imported by. */
export const electron = {
  app: {
    ...events<Electron.App>(),
    isPackaged: false as boolean,
    exit: vi.fn<Electron.App['exit']>(),
    getPath: vi.fn<Electron.App['getPath']>((name) => `/profile/${name}`),
    getPreferredSystemLanguages: vi.fn<Electron.App['getPreferredSystemLanguages']>(() => ['en-GB']),
    getVersion: vi.fn<Electron.App['getVersion']>(() => '1.2.3'),
    quit: vi.fn<Electron.App['quit']>(),
    requestSingleInstanceLock: vi.fn<Electron.App['requestSingleInstanceLock']>(() => true),
    setPath: vi.fn<Electron.App['setPath']>(),
    whenReady: vi.fn<Electron.App['whenReady']>(async () => {}),
  } satisfies Partial<Electron.App>,
  BrowserWindow: FakeWindow,
  clipboard: {
    clear: vi.fn<Electron.Clipboard['clear']>(() => {
      clipboardText = '';
    }),
    readText: vi.fn<Electron.Clipboard['readText']>(async () => clipboardText),
    writeText: vi.fn<Electron.Clipboard['writeText']>(async (text) => {
      clipboardText = text;
    }),
  } satisfies Partial<Electron.Clipboard>,
  contextBridge: {
    exposeInMainWorld: vi.fn<Electron.ContextBridge['exposeInMainWorld']>(),
  } satisfies Partial<Electron.ContextBridge>,
  dialog: { showErrorBox: vi.fn<Electron.Dialog['showErrorBox']>() } satisfies Partial<Electron.Dialog>,
  ipcMain: {
    ...events<Electron.IpcMain>(),
    handle: vi.fn<Electron.IpcMain['handle']>(),
  } satisfies Partial<Electron.IpcMain>,
  ipcRenderer: {
    invoke: vi.fn<Electron.IpcRenderer['invoke']>(),
    postMessage: vi.fn<Electron.IpcRenderer['postMessage']>(),
  } satisfies Partial<Electron.IpcRenderer>,
  Menu: {
    buildFromTemplate: vi.fn<typeof Electron.Menu.buildFromTemplate>(() => ({}) as Electron.Menu),
    setApplicationMenu: vi.fn<typeof Electron.Menu.setApplicationMenu>(),
  } satisfies Partial<typeof Electron.Menu>,
  nativeTheme: { shouldUseDarkColors: false as boolean } satisfies Partial<Electron.NativeTheme>,
  net: { fetch: vi.fn<Electron.Net['fetch']>() } satisfies Partial<Electron.Net>,
  powerMonitor: events<Electron.PowerMonitor>() satisfies Partial<Electron.PowerMonitor>,
  protocol: {
    handle: vi.fn<Electron.Protocol['handle']>(),
    registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
  } satisfies Partial<Electron.Protocol>,
  session: {
    defaultSession: {
      setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
      setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
      setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
    } satisfies Partial<Electron.Session>,
  },
  shell: {
    openExternal: vi.fn<Electron.Shell['openExternal']>(async () => {}),
  } satisfies Partial<Electron.Shell>,
} satisfies { [Name in keyof typeof Electron]?: object };

/** Forgets calls, listeners, windows and the clipboard's content. */
export function resetElectron(): void {
  vi.clearAllMocks();
  for (const emitter of emitters) emitter.removeAllListeners();
  windows.length = 0;
  clipboardText = '';
}

/** An event as Electron hands it to a listener, with `preventDefault` watched. */
export function fakeEvent<Params extends object>(params: Params) {
  const preventDefault = vi.fn<Electron.Event['preventDefault']>();
  return Object.assign({ preventDefault, defaultPrevented: false }, params) satisfies Partial<Electron.Event>;
}
