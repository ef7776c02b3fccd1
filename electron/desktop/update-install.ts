/** The end of the app when a new version takes over: after everything else, so that nothing is left half done. */
import { app } from 'electron';
import type { Log } from '../log.ts';
import { insteadOfQuitting, relaunch } from './ending.ts';
import { type Asking, isConfirmed } from './question.ts';
import { detailOf } from './update-feed.ts';
import type { Updater } from './updater.ts';
import type { Words } from './words/zh.ts';

/** macOS fetches and checks the version once more here; Linux may ask for the administrator's password. */
const LIMIT_MS = 120_000;

interface Parts {
  /** Whether a person has asked for the installation. */
  readonly asked: () => boolean;
  readonly load: () => Promise<Updater>;
  readonly log: Log;
}

/**
 * Starts the installer when the app is about to go, asked for and with nothing else in its way. Where that fails,
 * this version starts again. Its listener must come after those that hold the app back for their own ends.
 */
export function installAtTheEnd({ asked, load, log }: Parts): void {
  let isUnderWay = false;
  app.on('will-quit', (event) => {
    if (!asked() || isUnderWay || event.defaultPrevented) return;
    isUnderWay = true;
    const startAgain = (error: unknown) => {
      log.error({ detail: detailOf(error) }, 'an update could not be installed');
      relaunch();
      app.quit();
    };
    insteadOfQuitting(event, () => void handOver(load, startAgain));
  });
}

async function handOver(load: Parts['load'], startAgain: (error: unknown) => void): Promise<void> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(startAgain);
  setTimeout(() => reject(new Error('The installer did not start.')), LIMIT_MS);
  try {
    const updater = await load();
    updater.on('error', reject);
    // The new version may start before this process has ended.
    app.releaseSingleInstanceLock();
    updater.quitAndInstall(true, true);
  } catch (error) {
    reject(error);
  }
}

/** The system's own question before a version takes over; `from`: the host it came from. */
export function isInstallConfirmed(
  { update }: Words,
  window: Asking['window'],
  version: string,
  from: string,
): Promise<boolean> {
  const question = { ...update, message: update.message(version), detail: update.detail(from) };
  return isConfirmed(question, { type: 'question', default: 'confirm', window });
}
