/** The one window. */
import { dirname, join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type WebContents } from 'electron';
import { drawAgain } from './drawn.ts';
import { isOnWayland } from './wayland.ts';

/** The page's own background (Mantine's body), so that nothing flashes before it is drawn. */
const BACKGROUND = { dark: '#242424', light: '#ffffff' };

const SEEN_MS = 3000;

export interface Window {
  /** Brings the window to the front, opening it if there is none; `route`: the page's fragment, such as `#/add`. */
  show(route?: string): void;
  /** Opens the window without taking the person's attention. */
  showMinimised(): void;
  /** Puts the window away; `show` brings it back. */
  minimise(): void;
  /** Whether keys go to it. */
  hasFocus(): boolean;
  /** Calls `listener` with the window that is there, and with each later one before it is shown. */
  each(listener: (window: BrowserWindow) => void): void;
  /** Resolves when the window's page can be seen; at once while there is none, and after 3 s in any case. */
  seen(): Promise<void>;
  /** null while there is none. */
  current(): BrowserWindow | null;
  /** Its web contents; null while there is no window. */
  contents(): WebContents | null;
}

/** X11's window managers take it from the window; Windows and macOS from the program, Wayland by the menu's entry. */
function iconBeside(preload: string) {
  return process.platform === 'linux' ? { icon: join(dirname(preload), 'icons', 'window.png') } : {};
}

function open(preload: string): BrowserWindow {
  return new BrowserWindow({
    ...iconBeside(preload),
    name: 'console',
    windowStatePersistence: true,
    title: 'WeChat Token Console',
    width: 1180,
    height: 760,
    minWidth: 720,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
}

/** Loading the same page with another fragment goes there without loading it anew; the same address would. */
function go(window: BrowserWindow, address: string): void {
  if (window.webContents.getURL() === address) return;
  window.loadURL(address).catch(() => undefined); // a later address took its place
}

/** `ready-to-show` does not come on every Wayland desktop (electron#48859); that the page has loaded is told on all. */
function seen(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SEEN_MS);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    window.once('ready-to-show', end);
    window.once('closed', end);
    window.webContents.once('did-finish-load', end);
  });
}

/** A window that was hidden and shown is drawn again where Wayland has no way back from minimised (xdg-shell). */
function bringBack(window: BrowserWindow): void {
  window.restore();
  if (isOnWayland()) window.hide();
}

/** `preload`: the absolute path of the built preload; `url`: the page. */
export function createWindow(preload: string, url: string): Window {
  const listeners: ((window: BrowserWindow) => void)[] = [];
  let window: BrowserWindow | null = null;
  let drawn: Promise<void> = Promise.resolve();
  let isWanted = true;
  let isAway = false; // Electron does not tell it of every Wayland window (its docs/api/browser-window.md)

  let isLeaving = false;
  app.on('will-quit', () => {
    isLeaving = true;
  });

  function begin(): BrowserWindow {
    const opened = open(preload);
    window = opened;
    isAway = false;
    drawn = seen(opened);
    opened.once('closed', () => {
      window = null;
    });
    opened.on('minimize', () => {
      isAway = true;
    });
    opened.on('focus', () => {
      isAway = false;
    });
    for (const listener of listeners) listener(opened);
    return opened;
  }

  /** Before its page, in the page's background: on Wayland a window that is shown later may never be drawn. */
  function beginShown(route: string): void {
    if (isLeaving) return; // a tray or a Dock is clicked while the console ends
    const opened = begin();
    opened.show();
    go(opened, url + route);
    const isShown = () => window === opened && !isAway && !isLeaving && opened.isVisible();
    if (isOnWayland()) void drawn.then(() => drawAgain(opened, isShown));
  }

  function minimise(): void {
    window?.minimize();
    isAway = true;
  }

  return {
    show(route = '') {
      isWanted = true;
      if (window === null) return beginShown(route);
      if (route !== '') go(window, url + route);
      if (isAway || window.isMinimized()) bringBack(window);
      isAway = false;
      window.show();
      window.focus();
    },
    showMinimised() {
      if (window !== null || isLeaving) return;
      isWanted = false;
      const opened = begin();
      opened.showInactive(); // minimised without it, Electron shows it on X11 and gives it the focus
      minimise();
      go(opened, url);
      // On Wayland only what is drawn can be minimised.
      if (isOnWayland()) void drawn.then(() => (isWanted || window !== opened ? undefined : minimise()));
    },
    minimise,
    hasFocus: () => window?.isFocused() ?? false,
    each(listener) {
      listeners.push(listener);
      if (window !== null) listener(window);
    },
    seen: () => (window === null ? Promise.resolve() : drawn),
    current: () => window,
    contents: () => window?.webContents ?? null,
  };
}
