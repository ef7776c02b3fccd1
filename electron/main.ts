/** The desktop app as a table of contents: what starts, in which order. */
import { join } from 'node:path';
import { app, session, shell } from 'electron';
import { makeDemoFolder } from './demo-folder.ts';
import { createDemoPage } from './demo-page.ts';
import { firstShow, liveInBackground } from './desktop/background.ts';
import { clearBeforeQuit, clipboardRules, createTokenClipboard } from './desktop/clipboard.ts';
import { reloadAfterCrash } from './desktop/crash.ts';
import { finishBeforeQuit } from './desktop/ending.ts';
import { entryOf } from './desktop/entry.ts';
import { desktopHost } from './desktop/host.ts';
import { carry } from './desktop/ipc.ts';
import { protectScreen, systemUnlock } from './desktop/lock.ts';
import { openLogFile } from './desktop/log-file.ts';
import { AUTOSTART, startedAtLogin } from './desktop/login.ts';
import { createMarker } from './desktop/marker.ts';
import { keepMenu } from './desktop/menu.ts';
import { confine, refusePermissions } from './desktop/navigation.ts';
import { registerScheme, servePage } from './desktop/protocol.ts';
import { isResetConfirmed } from './desktop/reset.ts';
import { settleIn } from './desktop/settle-in.ts';
import { argumentsAsked, failToStart, optionsIn, settleDataFolder } from './desktop/start.ts';
import { hasTrayHost } from './desktop/tray-host.ts';
import { isInstallConfirmed } from './desktop/update-install.ts';
import { desktopUpdates } from './desktop/updates.ts';
import { desktopWayOut } from './desktop/way-out.ts';
import { createWindow } from './desktop/window.ts';
import { createWording } from './desktop/wording.ts';
import { createLog, type Log } from './log.ts';
import { openConsole, openDemo } from './open.ts';
import { defaultDataDir } from './options.ts';
import { openPage, type Page } from './page/page.ts';
import { policyPath, readPolicy } from './policy.ts';
import { resetLock } from './reset-lock.ts';

const { platform } = process;
const options = optionsIn(process.argv.slice(1), defaultDataDir(process.env));
const entry = entryOf(app.isPackaged, process.env.WTC_DEV_SERVER);
const window = createWindow(join(import.meta.dirname, 'preload.cjs'), entry.url);
const wording = createWording();

/** The console on its data folder, or the demo's, and what must end before the app does. */
async function openOn(folder: string, log: Log, opening: Promise<Page>) {
  const { demo: isDemo, dataDir, vault, vaultKeyFile } = options;
  const clipboard = createTokenClipboard(clipboardRules(window));
  const wayOut = desktopWayOut();
  const isConfirmed = (version: string, from: string) =>
    isInstallConfirmed(wording.words(), window, version, from);
  const parts = { wayOut, log, version: app.getVersion(), vaultKeyFile };
  const beside = createDemoPage({ ...parts, page: opening });
  const showDemo = () =>
    beside
      .url()
      .then((url) => shell.openExternal(url))
      .then(() => null);
  const licences = join(import.meta.dirname, 'licences.txt');
  const host = {
    ...desktopHost({ platform, isDemo, dataDir: folder, licences, window }),
    ...systemUnlock(platform, wording.words),
    copyToken: clipboard.copy,
    clipboard,
  };
  const policy = readPolicy(policyPath(platform, process.env));
  const updates = desktopUpdates({ policy, log, login: wayOut.login, isConfirmed });
  const abilities = [...host.abilities, ...updates.abilities];
  const whole = { ...host, abilities, updates, showDemo };
  const real = () => openConsole({ ...parts, dataDir, vault, policy, host: whole });
  const console = isDemo ? await openDemo({ ...parts, host }) : real();
  clearBeforeQuit(clipboard, window);
  const ending = finishBeforeQuit([() => console.close(), beside.close, clipboard.clear]);
  if (!isDemo) updates.follow(console);
  return { console, host, ending };
}

async function start(folder: string, log: Log): Promise<void> {
  if (options.resetLock && (await isResetConfirmed(wording.words()))) await resetLock(options);
  const opening = openPage(join(import.meta.dirname, 'renderer'));
  const page = await opening;
  const { console, host, ending } = await openOn(folder, log, opening);
  wording.follow(console);

  servePage(page);
  refusePermissions(session.defaultSession);
  carry(console, { contents: window.contents, origin: entry.origin }, log);
  protectScreen(console, window, platform);
  keepMenu({ console, window, host, wording, platform });
  const background = {
    ...{ window, platform, words: wording.words, marker: createMarker(folder) },
    keepsRunning: () => console.state().preferences.values.keepRunning,
    hasTray: () => hasTrayHost(platform),
  };
  liveInBackground(background);
  reloadAfterCrash({ window, words: wording.words, log });
  app.on('second-instance', (_event, argv) => {
    if (argv.includes(AUTOSTART)) return;
    if (ending.isUnderWay()) ending.startAgain(argumentsAsked(process.argv));
    else window.show();
  });
  await firstShow(background, startedAtLogin(platform, process.argv));
  app.on('activate', () => window.show());
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
