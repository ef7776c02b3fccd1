/**
 * The desktop's console, put together on its data folder. Loaded by main.ts while the window opens: its libraries take
 * longer to load than the window does to appear.
 */
import { join } from 'node:path';
import { app, shell } from 'electron';
import type { Console } from './console/console.ts';
import type { Host } from './console/host.ts';
import { createDemoPage } from './demo-page.ts';
import { clearBeforeQuit, clipboardRules, createTokenClipboard } from './desktop/clipboard.ts';
import type { LastTask } from './desktop/ending.ts';
import { desktopHost } from './desktop/host.ts';
import { systemUnlock } from './desktop/lock.ts';
import type { DesktopOptions } from './desktop/start.ts';
import { isInstallConfirmed } from './desktop/update-install.ts';
import { desktopUpdates } from './desktop/updates.ts';
import { desktopWayOut } from './desktop/way-out.ts';
import type { Window } from './desktop/window.ts';
import type { Wording } from './desktop/wording.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { openConsole, openDemo } from './open.ts';
import type { Page } from './page/page.ts';
import { policyPath, readPolicy } from './policy.ts';

export interface DesktopConsoleParts {
  readonly options: DesktopOptions;
  /** The data folder; the demo's is a throw-away one. */
  readonly folder: string;
  /** Open already; null: the demo's own. */
  readonly ledger: Ledger | null;
  readonly log: Log;
  readonly page: Promise<Page>;
  readonly window: Window;
  readonly wording: Wording;
  readonly platform: NodeJS.Platform;
  /** The folder of the built files. */
  readonly dist: string;
}

export interface DesktopConsole {
  readonly console: Console;
  readonly host: Host;
  /** What must end before the app does. */
  readonly lastTasks: readonly LastTask[];
}

/** Opens the console, with what this host does for it. */
export async function openDesktopConsole(given: DesktopConsoleParts): Promise<DesktopConsole> {
  const { options, folder, ledger, log, page, window, wording, platform, dist } = given;
  const { demo: isDemo, dataDir, vault, vaultKeyFile } = options;
  const clipboard = createTokenClipboard(clipboardRules(window));
  const wayOut = desktopWayOut();
  const isConfirmed = (version: string, from: string) =>
    isInstallConfirmed(wording.words(), window, version, from);
  const parts = { wayOut, log, version: app.getVersion(), vaultKeyFile };
  const beside = createDemoPage({ ...parts, page });
  const showDemo = () =>
    beside
      .url()
      .then((url) => shell.openExternal(url))
      .then(() => null);
  const host = {
    ...desktopHost({ platform, isDemo, dataDir: folder, licences: join(dist, 'licences.txt'), window }),
    ...systemUnlock(platform, wording.words),
    copyToken: clipboard.copy,
    clipboard,
  };
  const policy = readPolicy(policyPath(platform, process.env));
  const updates = desktopUpdates({ policy, log, login: wayOut.login, isConfirmed });
  const abilities = [...host.abilities, ...updates.abilities];
  const whole = { ...host, abilities, updates, showDemo };
  const console =
    ledger === null
      ? await openDemo({ ...parts, host })
      : openConsole({ ...parts, dataDir, vault, policy, host: whole, ledger });
  clearBeforeQuit(clipboard, window);
  if (!isDemo) updates.follow(console);
  return { console, host, lastTasks: [() => console.close(), beside.close, clipboard.clear] };
}
