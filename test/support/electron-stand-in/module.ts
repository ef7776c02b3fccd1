/** What `electron` is for the app. A named import that is missing here fails when the app is linked. */
import type Electron from 'electron';
import { app } from './app.ts';
import { ClipboardItem, clipboard } from './clipboard.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { protocol } from './protocol.ts';
import { net, session } from './session.ts';
import { strict } from './strict.ts';
import {
  autoUpdater,
  dialog,
  nativeTheme,
  powerMonitor,
  screen,
  shell,
  systemPreferences,
} from './system.ts';
import { Notification, Tray } from './tray.ts';
import { BrowserWindow } from './window.ts';

const electron = strict('electron', {
  ...{
    app,
    autoUpdater,
    BrowserWindow,
    ClipboardItem,
    clipboard,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    nativeImage,
  },
  ...{
    nativeTheme,
    net,
    Notification,
    powerMonitor,
    protocol,
    screen,
    session,
    shell,
    systemPreferences,
    Tray,
  },
} satisfies { [Name in keyof typeof Electron]?: object });

export {
  app,
  autoUpdater,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
};
export default electron;
/** What `require('electron')` gives, in Node's words. */
export { electron as 'module.exports' };
