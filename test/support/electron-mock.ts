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
    getURL: vi.fn<Electron.WebContents['getURL']>(() => ''),
    reload: vi.fn<Electron.WebContents['reload']>(),
    isLoading: vi.fn<Electron.WebContents['isLoading']>(() => false),
    send: vi.fn<Electron.WebContents['send']>(),
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
    showInactive: vi.fn<Electron.BrowserWindow['showInactive']>(),
    focus: vi.fn<Electron.BrowserWindow['focus']>(),
    hide: vi.fn<Electron.BrowserWindow['hide']>(),
    hookWindowMessage: vi.fn<Electron.BrowserWindow['hookWindowMessage']>(),
    restore: vi.fn<Electron.BrowserWindow['restore']>(),
    minimize: vi.fn<Electron.BrowserWindow['minimize']>(),
    isDestroyed: vi.fn<Electron.BrowserWindow['isDestroyed']>(() => false),
    isFocused: vi.fn<Electron.BrowserWindow['isFocused']>(() => true),
    isFullScreen: vi.fn<Electron.BrowserWindow['isFullScreen']>(() => false),
    isVisible: vi.fn<Electron.BrowserWindow['isVisible']>(() => true),
    isMinimized: vi.fn<Electron.BrowserWindow['isMinimized']>(() => false),
    loadURL: vi.fn<Electron.BrowserWindow['loadURL']>(async () => {}),
    setContentProtection: vi.fn<Electron.BrowserWindow['setContentProtection']>(),
    setFullScreen: vi.fn<Electron.BrowserWindow['setFullScreen']>(),
  } satisfies WindowMember;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.options = options;
    Object.assign(this, this.members);
    windows.push(this);
  }
}

/** The notifications made since the last reset, oldest first. */
export const notifications: FakeNotification[] = [];

class FakeNotification {
  static readonly isSupported = vi.fn<typeof Electron.Notification.isSupported>(() => true);
  readonly options: Electron.NotificationConstructorOptions;
  readonly members = {
    ...events<Electron.Notification>(),
    show: vi.fn<Electron.Notification['show']>(),
  } satisfies Partial<Electron.Notification>;
  constructor(options: Electron.NotificationConstructorOptions) {
    this.options = options;
    Object.assign(this, this.members);
    notifications.push(this);
  }
}

/** The trays made since the last reset, oldest first. */
export const trays: FakeTray[] = [];

class FakeTray {
  readonly image: unknown;
  readonly members = {
    ...events<Electron.Tray>(),
    destroy: vi.fn<Electron.Tray['destroy']>(),
    setContextMenu: vi.fn<Electron.Tray['setContextMenu']>(),
    setImage: vi.fn<Electron.Tray['setImage']>(),
    setTitle: vi.fn<Electron.Tray['setTitle']>(),
    setToolTip: vi.fn<Electron.Tray['setToolTip']>(),
  } satisfies Partial<Electron.Tray>;
  constructor(image: unknown) {
    this.image = image;
    Object.assign(this, this.members);
    trays.push(this);
  }
}

type ClipboardData = ConstructorParameters<typeof Electron.ClipboardItem>[0];

/** What was last written to the clipboard in several formats. */
export const clipboardItems: FakeClipboardItem[] = [];

class FakeClipboardItem {
  readonly data: ClipboardData;
  constructor(data: ClipboardData) {
    this.data = data;
  }
}

let clipboardText = '';

/** A session beside the default one. */
export const trialSession = {
  closeAllConnections: vi.fn<Electron.Session['closeAllConnections']>(async () => {}),
  fetch: vi.fn<Electron.Session['fetch']>(async () => new Response('{}')),
  setProxy: vi.fn<Electron.Session['setProxy']>(async () => {}),
} satisfies Partial<Electron.Session>;

/** What Chromium was started with. */
const commandLine = {
  getSwitchValue: vi.fn<Electron.CommandLine['getSwitchValue']>(() => ''),
} satisfies Partial<Electron.CommandLine>;

type HearIpc = (event: Electron.IpcRendererEvent, ...args: never[]) => void;

/** What Electron's modules are in the tests, by the names they are imported by. */
export const electron = {
  app: {
    ...events<Electron.App>(),
    isPackaged: false as boolean,
    commandLine: commandLine as typeof commandLine & Electron.CommandLine,
    exit: vi.fn<Electron.App['exit']>(),
    getAppPath: vi.fn<Electron.App['getAppPath']>(() => '/source of/the app'),
    getLoginItemSettings: vi.fn<Electron.App['getLoginItemSettings']>(() => loginItem(false)),
    getPath: vi.fn<Electron.App['getPath']>((name) => `/profile/${name}`),
    getPreferredSystemLanguages: vi.fn<Electron.App['getPreferredSystemLanguages']>(() => ['en-GB']),
    getVersion: vi.fn<Electron.App['getVersion']>(() => '1.2.3'),
    name: 'WeChat Token Console',
    quit: vi.fn<Electron.App['quit']>(),
    relaunch: vi.fn<Electron.App['relaunch']>(),
    releaseSingleInstanceLock: vi.fn<Electron.App['releaseSingleInstanceLock']>(),
    requestSingleInstanceLock: vi.fn<Electron.App['requestSingleInstanceLock']>(() => true),
    setAboutPanelOptions: vi.fn<Electron.App['setAboutPanelOptions']>(),
    setAppUserModelId: vi.fn<Electron.App['setAppUserModelId']>(),
    setLoginItemSettings: vi.fn<Electron.App['setLoginItemSettings']>(),
    setPath: vi.fn<Electron.App['setPath']>(),
    showAboutPanel: vi.fn<Electron.App['showAboutPanel']>(),
    whenReady: vi.fn<Electron.App['whenReady']>(async () => {}),
  } satisfies Partial<Electron.App>,
  BrowserWindow: FakeWindow,
  ClipboardItem: FakeClipboardItem,
  clipboard: {
    clear: vi.fn<Electron.Clipboard['clear']>(() => {
      clipboardText = '';
    }),
    readText: vi.fn<Electron.Clipboard['readText']>(async () => clipboardText),
    write: vi.fn<Electron.Clipboard['write']>(async (items) => {
      clipboardItems.splice(0, clipboardItems.length, ...(items as unknown as FakeClipboardItem[]));
      clipboardText = String(clipboardItems[0]?.data['text/plain'] ?? '');
    }),
    writeText: vi.fn<Electron.Clipboard['writeText']>(async (text) => {
      clipboardText = text;
    }),
  } satisfies Partial<Electron.Clipboard>,
  contextBridge: {
    exposeInMainWorld: vi.fn<Electron.ContextBridge['exposeInMainWorld']>(),
  } satisfies Partial<Electron.ContextBridge>,
  dialog: {
    showErrorBox: vi.fn<Electron.Dialog['showErrorBox']>(),
    showMessageBox: vi.fn(async (..._given: unknown[]) => ({ response: 0, checkboxChecked: false })),
    showSaveDialog: vi.fn(async (..._given: unknown[]) => ({ canceled: true, filePath: '' })),
  } satisfies Partial<Electron.Dialog>,
  ipcMain: {
    ...events<Electron.IpcMain>(),
    handle: vi.fn<Electron.IpcMain['handle']>(),
  } satisfies Partial<Electron.IpcMain>,
  ipcRenderer: {
    invoke: vi.fn<Electron.IpcRenderer['invoke']>(),
    off: vi.fn<(channel: string, listener: HearIpc) => Electron.IpcRenderer>(),
    on: vi.fn<(channel: string, listener: HearIpc) => Electron.IpcRenderer>(),
    postMessage: vi.fn<Electron.IpcRenderer['postMessage']>(),
  } satisfies Partial<Electron.IpcRenderer>,
  Menu: {
    buildFromTemplate: vi.fn<typeof Electron.Menu.buildFromTemplate>(() => ({}) as Electron.Menu),
    setApplicationMenu: vi.fn<typeof Electron.Menu.setApplicationMenu>(),
  } satisfies Partial<typeof Electron.Menu>,
  nativeImage: {
    createFromPath: vi.fn<typeof Electron.nativeImage.createFromPath>(
      (path) => ({ path }) as unknown as Electron.NativeImage,
    ),
  } satisfies Partial<typeof Electron.nativeImage>,
  nativeTheme: {
    shouldUseDarkColors: false as boolean,
    themeSource: 'system' as Electron.NativeTheme['themeSource'],
  } satisfies Partial<Electron.NativeTheme>,
  net: {
    fetch: vi.fn<Electron.Net['fetch']>(),
    request: vi.fn<Electron.Net['request']>(),
    isOnline: vi.fn<Electron.Net['isOnline']>(() => true),
  } satisfies Partial<Electron.Net>,
  Notification: FakeNotification,
  powerMonitor: {
    ...events<Electron.PowerMonitor>(),
    getSystemIdleState: vi.fn<Electron.PowerMonitor['getSystemIdleState']>(() => 'active'),
    getSystemIdleTime: vi.fn<Electron.PowerMonitor['getSystemIdleTime']>(() => 0),
  } satisfies Partial<Electron.PowerMonitor>,
  protocol: {
    handle: vi.fn<Electron.Protocol['handle']>(),
    registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
  } satisfies Partial<Electron.Protocol>,
  session: {
    defaultSession: {
      closeAllConnections: vi.fn<Electron.Session['closeAllConnections']>(async () => {}),
      setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
      setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
      setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
      setProxy: vi.fn<Electron.Session['setProxy']>(async () => {}),
    } satisfies Partial<Electron.Session>,
    fromPartition: vi.fn((_partition: string, _options?: Electron.FromPartitionOptions) => trialSession),
  },
  shell: {
    openExternal: vi.fn<Electron.Shell['openExternal']>(async () => {}),
    openPath: vi.fn<Electron.Shell['openPath']>(async () => ''),
  } satisfies Partial<Electron.Shell>,
  systemPreferences: {
    canPromptTouchID: vi.fn<Electron.SystemPreferences['canPromptTouchID']>(() => false),
    promptTouchID: vi.fn<Electron.SystemPreferences['promptTouchID']>(async () => {}),
    subscribeLocalNotification: vi.fn<Electron.SystemPreferences['subscribeLocalNotification']>(() => 1),
  } satisfies Partial<Electron.SystemPreferences>,
  Tray: FakeTray,
} satisfies { [Name in keyof typeof Electron]?: object };

/** Whether the system starts the app at login, and has just done so, as Electron tells it. */
export function loginItem(openAtLogin: boolean, wasOpenedAtLogin = false): Electron.LoginItemSettings {
  const status = openAtLogin ? 'enabled' : 'not-registered';
  return { openAtLogin, wasOpenedAtLogin, status, executableWillLaunchAtLogin: openAtLogin, launchItems: [] };
}

/** Forgets calls, listeners, windows, notifications, trays and the clipboard's content. */
export function resetElectron(): void {
  vi.clearAllMocks();
  for (const emitter of emitters) emitter.removeAllListeners();
  windows.length = 0;
  notifications.length = 0;
  trays.length = 0;
  clipboardItems.length = 0;
  clipboardText = '';
}

/** An event as Electron hands it to a listener, with `preventDefault` watched. */
export function fakeEvent<Params extends object>(params: Params) {
  const preventDefault = vi.fn<Electron.Event['preventDefault']>();
  return Object.assign({ preventDefault, defaultPrevented: false }, params) satisfies Partial<Electron.Event>;
}

/**
 * Emits `will-quit` as Electron was seen to: microtasks run before the emission has returned, and a `quit` until then is
 * lost (shell/browser/browser.cc). `lost`: how many were; `isPrevented`: the app stays for now.
 */
export async function emitWillQuit(isBusy = false): Promise<{ isPrevented: boolean; lost: number }> {
  const { quit } = electron.app;
  const before = quit.mock.calls.length;
  const event = { ...fakeEvent({}), defaultPrevented: isBusy };
  electron.app.emit('will-quit', event);
  for (let turn = 0; turn < 100; turn++) await null;
  const lost = quit.mock.calls.length - before;
  return { isPrevented: event.preventDefault.mock.calls.length > 0, lost };
}
