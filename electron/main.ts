/** The desktop app as a table of contents: what starts, in which order. */
import { join } from 'node:path';
import { app, session, shell } from 'electron';
import { createDemoPage } from './demo-page.ts';
import { createTokenClipboard } from './desktop/clipboard.ts';
import { finishBeforeQuit } from './desktop/ending.ts';
import { entryOf } from './desktop/entry.ts';
import { carry } from './desktop/ipc.ts';
import { setMenu } from './desktop/menu.ts';
import { confine, refusePermissions } from './desktop/navigation.ts';
import { netFetch } from './desktop/net-fetch.ts';
import { watchPower } from './desktop/power.ts';
import { registerScheme, servePage } from './desktop/protocol.ts';
import { failToStart, optionsIn, settleDataFolder } from './desktop/start.ts';
import { createWindow } from './desktop/window.ts';
import { createLog } from './log.ts';
import { openConsole, openDemo } from './open.ts';
import { defaultDataDir } from './options.ts';
import { openPage } from './page/page.ts';

const log = createLog(process.stderr);
const options = optionsIn(process.argv.slice(1), defaultDataDir(process.env));
const entry = entryOf(app.isPackaged, process.env.WTC_DEV_SERVER);
const window = createWindow(join(import.meta.dirname, 'preload.cjs'), entry.url);

async function start(): Promise<void> {
  const opening = openPage(join(import.meta.dirname, 'renderer'));
  const page = await opening;
  const clipboard = createTokenClipboard();
  const { demo, dataDir, vault, vaultKeyFile } = options;
  const parts = { fetch: netFetch, copyToken: clipboard.copy, log, version: app.getVersion(), vaultKeyFile };
  const beside = createDemoPage({ ...parts, page: opening });
  const showDemo = () =>
    beside
      .url()
      .then((url) => shell.openExternal(url))
      .then(() => null);
  const console = demo ? await openDemo(parts) : openConsole({ ...parts, dataDir, vault, showDemo });
  finishBeforeQuit([() => console.close(), beside.close, clipboard.clear]);

  servePage(page);
  refusePermissions(session.defaultSession);
  carry(console, { contents: window.contents, origin: entry.origin }, log);
  watchPower(console);
  setMenu(process.platform);
  window.show();
  app.on('second-instance', window.show);
  app.on('activate', window.show);
}

/** Before ready, without an await: Electron holds `ready` back only until this file has run. */
function begin(): void {
  settleDataFolder(options);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerScheme();
  app.on('web-contents-created', (_event, contents) => confine(contents, log));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.whenReady().then(start).catch(failToStart);
}

try {
  begin();
} catch (error) {
  failToStart(error);
}
