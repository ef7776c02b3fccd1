/** `BrowserWindow`: what a window manager would do, and a page of the browser for what is in it. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type Electron from 'electron';
import { app, closingPrevented, lastWindowClosed, openWindows } from './app.ts';
import type { WindowView } from './calls.ts';
import { isPrevented, makeEvent, strict } from './strict.ts';
import { StandInContents } from './web-contents.ts';
import { fault } from './world.ts';

type Members =
  | ('id' | 'webContents' | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'minimize' | 'restore')
  | (
      | 'maximize'
      | 'unmaximize'
      | 'close'
      | 'destroy'
      | 'isVisible'
      | 'isFocused'
      | 'isMinimized'
      | 'isMaximized'
    )
  | (
      | 'isFullScreen'
      | 'setFullScreen'
      | 'isDestroyed'
      | 'loadURL'
      | 'reload'
      | 'setTitle'
      | 'getTitle'
      | 'getBounds'
      | 'setBounds'
    )
  | (
      | 'getNormalBounds'
      | 'getSize'
      | 'setSize'
      | 'setContentProtection'
      | 'isContentProtected'
      | 'setBackgroundColor'
    )
  | (
      | 'setMenu'
      | 'removeMenu'
      | 'setAutoHideMenuBar'
      | 'setMenuBarVisibility'
      | 'setSkipTaskbar'
      | 'flashFrame'
    )
  | (
      | 'setIcon'
      | 'moveTop'
      | 'center'
      | 'isEnabled'
      | 'setEnabled'
      | 'setOverlayIcon'
      | 'setProgressBar'
      | 'hookWindowMessage'
    );

/** The web preferences that the app may not do without, and what each must be. */
const REQUIRED = { sandbox: true, contextIsolation: true } as const;
const FORBIDDEN = {
  allowRunningInsecureContent: true,
  enableBlinkFeatures: true,
  experimentalFeatures: true,
  navigateOnDragDrop: true,
  nodeIntegration: true,
  nodeIntegrationInSubFrames: true,
  nodeIntegrationInWorker: true,
  webSecurity: false,
  webviewTag: true,
} as const;

function checkedPreload(preferences: Electron.WebPreferences = {}): string {
  for (const [name, value] of Object.entries(REQUIRED)) {
    if (preferences[name as keyof typeof REQUIRED] !== value) {
      throw fault(`stand-in: a window needs the web preference ${name}: ${value}`);
    }
  }
  for (const [name, value] of Object.entries(FORBIDDEN)) {
    const given = preferences[name as keyof typeof FORBIDDEN];
    if (given !== undefined && (value === false ? given === false : Boolean(given))) {
      throw fault(`stand-in: a window may not have the web preference ${name}: ${given}`);
    }
  }
  const { preload } = preferences;
  if (preload === undefined || !isAbsolute(preload) || !existsSync(preload)) {
    throw fault('stand-in: a window needs a preload that is there, by its absolute path');
  }
  return preload;
}

const UNSEEN = {
  ...{ visible: false, focused: false, minimized: false, maximized: false, fullScreen: false },
  destroyed: false,
};

const all: StandInWindow[] = [];
let count = 0;

class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Members> {
  readonly id = ++count;
  readonly webContents: Electron.WebContents;
  readonly contents: StandInContents;
  readonly options: Electron.BrowserWindowConstructorOptions;
  private readonly self: StandInWindow;
  private bounds: Electron.Rectangle;
  private title: string;
  private isProtected = false;
  private state = { ...UNSEEN };

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { inside, shown } = StandInContents.make(checkedPreload(options.webPreferences));
    this.contents = inside;
    this.webContents = shown;
    this.options = options;
    this.title = options.title ?? app.name;
    this.bounds = {
      x: options.x ?? 100,
      y: options.y ?? 100,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.self = strict('BrowserWindow', this);
    all.push(this.self);
    openWindows.add(this.self);
    inside.once('did-finish-load', () => this.emit('ready-to-show'));
    if (options.show !== false) this.show();
    app.emit('browser-window-created', makeEvent({}), this.self);
    app.emit('web-contents-created', makeEvent({}), shown);
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds must say loudly what it lacks.
    return this.self;
  }

  static getAllWindows(): Electron.BrowserWindow[] {
    return all.filter((one) => !one.isDestroyed()) as unknown as Electron.BrowserWindow[];
  }
  static getFocusedWindow(): Electron.BrowserWindow | null {
    return (all.find((one) => one.isFocused()) ?? null) as unknown as Electron.BrowserWindow | null;
  }
  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    return (all.find((one) => one.webContents === contents) ??
      null) as unknown as Electron.BrowserWindow | null;
  }
  static fromId(id: number): Electron.BrowserWindow | null {
    return (all.find((one) => one.id === id) ?? null) as unknown as Electron.BrowserWindow | null;
  }

  /** Changes the state and tells of it, when there is something to change. */
  private become(changes: Partial<StandInWindow['state']>, event: string): void {
    if (this.state.destroyed) throw new TypeError('Object has been destroyed');
    const isChange = Object.entries(changes).some(([key, value]) => this.state[key as 'visible'] !== value);
    this.state = { ...this.state, ...changes };
    if (isChange) this.emit(event);
  }

  show(): void {
    this.become({ visible: true, minimized: false }, 'show');
    this.focus();
  }
  showInactive(): void {
    this.become({ visible: true }, 'show');
  }
  hide(): void {
    this.blur();
    this.become({ visible: false }, 'hide');
  }
  focus(): void {
    if (!this.state.visible || this.state.minimized) return;
    for (const other of all) if (other !== this.self && other.isFocused()) other.blur();
    this.become({ focused: true }, 'focus');
  }
  blur(): void {
    this.become({ focused: false }, 'blur');
  }
  minimize(): void {
    // As a real Electron was seen to on X11: one that was never shown is shown, with the focus, instead.
    if (!this.state.visible && process.platform === 'linux') {
      this.show();
      return;
    }
    this.blur();
    this.become({ minimized: true, visible: true }, 'minimize');
  }
  restore(): void {
    this.become({ minimized: false }, 'restore');
    this.focus();
  }
  maximize(): void {
    this.become({ maximized: true, visible: true }, 'maximize');
  }
  unmaximize(): void {
    this.become({ maximized: false }, 'unmaximize');
  }
  close(): void {
    if (this.state.destroyed) return;
    if (isPrevented(this, 'close')) closingPrevented();
    else this.destroy();
  }
  destroy(): void {
    if (this.state.destroyed) return;
    this.state = { ...UNSEEN, destroyed: true };
    this.contents.destroy();
    openWindows.delete(this.self);
    this.emit('closed');
    if (openWindows.size === 0) lastWindowClosed();
  }

  isVisible = (): boolean => this.state.visible;
  isFocused = (): boolean => this.state.focused;
  isMinimized = (): boolean => this.state.minimized;
  isMaximized = (): boolean => this.state.maximized;
  isDestroyed = (): boolean => this.state.destroyed;
  isFullScreen = (): boolean => this.state.fullScreen;
  setFullScreen(isOn: boolean): void {
    this.become({ fullScreen: isOn }, isOn ? 'enter-full-screen' : 'leave-full-screen');
  }
  isEnabled = (): boolean => true;
  isContentProtected = (): boolean => this.isProtected;
  setContentProtection(isOn: boolean): void {
    this.isProtected = isOn;
  }
  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url);
  }
  reload(): void {
    this.contents.reload();
  }
  setTitle(title: string): void {
    this.title = title;
  }
  getTitle(): string {
    return this.title;
  }
  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  getSize(): number[] {
    return [this.bounds.width, this.bounds.height];
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setMenu(): void {}
  removeMenu(): void {}
  setAutoHideMenuBar(): void {}
  setMenuBarVisibility(): void {}
  setSkipTaskbar(): void {}
  setBackgroundColor(): void {}
  setIcon(): void {}
  setOverlayIcon(): void {}
  hookWindowMessage(): void {}
  setProgressBar(): void {}
  setEnabled(): void {}
  flashFrame(): void {}
  moveTop(): void {}
  center(): void {}

  view(): WindowView {
    const { visible, focused, minimized, destroyed } = this.state;
    const { webPreferences: _paths, ...options } = this.options;
    return {
      ...{ id: this.id, url: this.contents.getURL(), title: this.title, options },
      ...{ isVisible: visible, isFocused: focused, isMinimized: minimized, isDestroyed: destroyed },
      isContentProtected: this.isProtected,
    };
  }
}

/** All windows there ever were, oldest first. */
export const windows: readonly StandInWindow[] = all;
export const BrowserWindow = strict('BrowserWindow', StandInWindow);
