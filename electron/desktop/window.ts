/** The one window. */
import { app, BrowserWindow, nativeTheme, type WebContents } from 'electron';

/** The page's own background (Mantine's body), so that nothing flashes before it is drawn. */
const BACKGROUND = { dark: '#242424', light: '#ffffff' };

const SEEN_MS = 3000;

export interface Window {
  /** Brings the window to the front, opening it if there is none; `route`: the page's fragment, such as `#/add`. */
  show(route?: string): void;
  /** Opens the window without taking the person's attention. */
  showMinimised(): void;
  /** Calls `listener` with each window before it is shown for the first time. */
  eachNew(listener: (window: BrowserWindow) => void): void;
  /** Resolves when the first window can be seen; at once while there is none, and after 3 s in any case. */
  seen(): Promise<void>;
  /** null while there is none. */
  current(): BrowserWindow | null;
  /** Its web contents; null while there is no window. */
  contents(): WebContents | null;
}

function open(preload: string): BrowserWindow {
  return new BrowserWindow({
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

function seen(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SEEN_MS);
    window.once('ready-to-show', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** `preload`: the absolute path of the built preload; `url`: the page. */
export function createWindow(preload: string, url: string): Window {
  const listeners: ((window: BrowserWindow) => void)[] = [];
  let window: BrowserWindow | null = null;
  let isWanted = true;

  let isLeaving = false;
  app.on('will-quit', () => {
    isLeaving = true;
  });

  function begin(route: string): void {
    if (isLeaving) return; // a tray or a Dock is clicked while the console ends
    const opened = open(preload);
    window = opened;
    opened.once('closed', () => {
      window = null;
    });
    opened.once('ready-to-show', () => (isWanted ? opened.show() : opened.minimize()));
    for (const listener of listeners) listener(opened);
    go(opened, url + route);
  }

  return {
    show(route = '') {
      isWanted = true;
      if (window === null) return begin(route);
      if (route !== '') go(window, url + route);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    showMinimised() {
      if (window !== null) return;
      isWanted = false;
      begin('');
    },
    eachNew: (listener) => void listeners.push(listener),
    seen: () => (window === null ? Promise.resolve() : seen(window)),
    current: () => window,
    contents: () => window?.webContents ?? null,
  };
}
