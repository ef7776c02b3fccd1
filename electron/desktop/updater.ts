/** electron-updater, set up so that nothing happens by itself and nothing comes over plain http. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';

/** The part of it that is used. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'checkForUpdates'
  | 'disableWebInstaller'
  | 'downloadUpdate'
  | 'isUpdaterActive'
  | 'logger'
  | 'netSession'
  | 'on'
  | 'quitAndInstall'
  | 'requestHeaders'
  | 'setFeedURL'
  | 'updateConfigPath'
>;

/** Name and password for a proxy that asks; null: none. */
export type ProxyLogin = (asking: {
  readonly isProxy: boolean;
  readonly host: string;
  readonly port: number;
}) => readonly [username: string, password: string] | null;

/** The one for this system and package. Loads electron-updater, which takes a while. */
export async function loadUpdater(): Promise<Updater> {
  const { default: electronUpdater } = await import('electron-updater');
  return electronUpdater.autoUpdater;
}

/**
 * Sets up a loaded updater; `hasConfig`: the build has an app-update.yml. Throws for an app that was not installed
 * from a package that can be replaced.
 */
export function tame(updater: Updater, hasConfig: boolean, login: ProxyLogin = () => null): Updater {
  updater.logger = null; // its lines hold whole addresses
  if (!updater.isUpdaterActive()) throw new Error('This package is not updated by the app itself.');
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // It would send an id of this machine, made for staged roll-outs, with every request.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  if (!hasConfig) updater.updateConfigPath = writeConfig();
  // A redirection as well: on Linux a checksum that came over https is all that vouches for a file.
  const plainHttp = { urls: ['http://*/*'] };
  updater.netSession.webRequest.onBeforeRequest(plainHttp, (_request, answer) => answer({ cancel: true }));
  updater.on('error', () => undefined); // told by the promise of what was asked
  // Electron waits for an answer, and takes an empty one as none.
  updater.on('login', (asking, answer) => answer(...(login(asking) ?? (['', ''] as const))));
  return updater;
}

/** For a build without a feed of its own: electron-updater reads from such a file where to keep a download. */
function writeConfig(): string {
  const path = join(app.getPath('userData'), 'app-update.yml');
  writeFileSync(path, 'updaterCacheDirName: wechat-token-console-updater\n', { mode: 0o600 });
  return path;
}
