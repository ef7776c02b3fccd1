/** The one window. */
import { BrowserWindow, nativeTheme, type WebContents } from 'electron';

/** The page's own background (Mantine's body), so that nothing flashes before it is drawn. */
const BACKGROUND = { dark: '#242424', light: '#ffffff' };

export interface Window {
  /** Brings the window to the front, opening it if there is none. */
  show(): void;
  /** Its web contents; null while there is no window. */
  contents(): WebContents | null;
}

function open(preload: string, url: string): BrowserWindow {
  const window = new BrowserWindow({
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
  window.once('ready-to-show', () => window.show());
  void window.loadURL(url);
  return window;
}

/** `preload`: the absolute path of the built preload; `url`: the page. */
export function createWindow(preload: string, url: string): Window {
  let window: BrowserWindow | null = null;
  return {
    show() {
      if (window === null) {
        window = open(preload, url);
        window.once('closed', () => {
          window = null;
        });
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    contents: () => window?.webContents ?? null,
  };
}
