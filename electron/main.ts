/** The desktop app as a table of contents: what starts, in which order. */
import { join } from 'node:path';
import { app, Menu, session } from 'electron';
import { makeDemoFolder } from './demo-folder.ts';
import { leaveAway, liveInBackground } from './desktop/background.ts';
import { reloadAfterCrash } from './desktop/crash.ts';
import { finishBeforeQuit, type LastTask } from './desktop/ending.ts';
import { entryOf } from './desktop/entry.ts';
import { carry } from './desktop/ipc.ts';
import { protectScreen } from './desktop/lock.ts';
import { openLogFile } from './desktop/log-file.ts';
import { AUTOSTART, startedAtLogin } from './desktop/login.ts';
import { createMarker } from './desktop/marker.ts';
import { keepMenu } from './desktop/menu.ts';
import { confine, refusePermissions } from './desktop/navigation.ts';
import { registerScheme, servePage } from './desktop/protocol.ts';
import { isResetConfirmed } from './desktop/reset.ts';
import { settleIn } from './desktop/settle-in.ts';
import { argumentsAsked, failToStart, optionsIn, settleDataFolder } from './desktop/start.ts';
import { applyStoredTheme, followTheme } from './desktop/theme.ts';
import { hasTrayHost } from './desktop/tray-host.ts';
import { createWindow } from './desktop/window.ts';
import { createWording } from './desktop/wording.ts';
import type { DesktopConsole } from './desktop-console.ts';
import { openLedger } from './ledger/open.ts';
import { createLog, type Log } from './log.ts';
import { defaultDataDir } from './options.ts';
import { openPage } from './page/page.ts';

const { platform } = process;
const options = optionsIn(process.argv.slice(1), defaultDataDir(process.env));
const entry = entryOf(app.isPackaged, process.env.WTC_DEV_SERVER);
const window = createWindow(join(import.meta.dirname, 'preload.cjs'), entry.url);
const wording = createWording();

/** The window comes first: what the console needs is loaded while it opens. */
async function start(folder: string, log: Log): Promise<void> {
  const page = openPage(join(import.meta.dirname, 'renderer'));
  page.catch(failToStart);
  if (options.resetLock && (await isResetConfirmed(wording.words()))) {
    const { resetLock } = await import('./reset-lock.ts');
    await resetLock(options);
  }
  // Before the window: a start that fails here shows its box and nothing else.
  const ledger = options.demo ? null : openLedger(options.dataDir);
  const stored = ledger?.setting('preferences') ?? null;
  applyStoredTheme(stored);
  const served = servePage(page);
  refusePermissions(session.defaultSession);
  const lastTasks: LastTask[] = [];
  const ending = finishBeforeQuit(lastTasks);
  app.on('second-instance', (_event, argv) => {
    if (argv.includes(AUTOSTART)) return;
    if (ending.isUnderWay()) ending.startAgain(argumentsAsked(process.argv));
    else window.show();
  });
  app.on('activate', () => window.show());
  const opened = Promise.withResolvers<DesktopConsole>();
  const console = opened.promise.then((parts) => parts.console);
  carry(console, { contents: window.contents, origin: entry.origin }, log);
  let keepsRunning = () => !/"keepRunning":false/.test(stored ?? '');
  const background = {
    ...{ window, platform, words: wording.words, marker: createMarker(folder) },
    keepsRunning: () => keepsRunning(),
    hasTray: () => hasTrayHost(platform),
  };
  // Before the window: it can be closed, and its page can end, while the console is still being loaded.
  liveInBackground(background);
  reloadAfterCrash({ window, words: wording.words, log });
  const isQuiet = startedAtLogin(platform, process.argv);
  if (!isQuiet) {
    window.show();
    // Loading the console keeps this process from answering the page: it waits until the page has its scripts to run.
    await Promise.race([served, window.seen()]);
  }
  const { openDesktopConsole } = await import('./desktop-console.ts');
  const given = { options, folder, ledger, log, page, window, wording, platform, dist: import.meta.dirname };
  const parts = await openDesktopConsole(given);
  lastTasks.push(...parts.lastTasks);
  keepsRunning = () => parts.console.state().preferences.values.keepRunning;
  opened.resolve(parts);
  if (isQuiet) await leaveAway(background);
  await live(parts, log);
}

/** The app around its console, from now until it ends. */
async function live({ console, host }: DesktopConsole, log: Log): Promise<void> {
  wording.follow(console);
  followTheme(console);
  protectScreen(console, window, platform);
  keepMenu({ console, window, host, wording, platform });
  await window.seen();
  const icons = join(import.meta.dirname, 'icons');
  settleIn({ console, window, wording, platform, isDemo: options.demo, log, icons });
}

/** Before ready, without an await: Electron holds `ready` back only until this file has run. */
function begin(): void {
  const folder = settleDataFolder(options, makeDemoFolder);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const log = createLog(openLogFile(join(folder, 'logs')));
  registerScheme();
  Menu.setApplicationMenu(null); // ours comes with the console; Electron's own is not built first
  app.on('web-contents-created', (_event, contents) => confine(contents, log));
  app
    .whenReady()
    .then(() => start(folder, log))
    .catch(failToStart);
}

try {
  begin();
} catch (error) {
  void failToStart(error);
}
