/** The end of the app: what must be finished before the process goes, how long that may take, and a start meanwhile. */
import { app } from 'electron';

const LIMIT_MS = 3_000;

export type LastTask = () => Promise<unknown>;

export interface Ending {
  /** Whether the app is about to go: its windows are closed, and it opens no more. */
  isUnderWay(): boolean;
  /** Has the app started anew by these arguments when it has gone. */
  startAgain(args: readonly string[]): void;
}

/**
 * Holds a `will-quit` back and does `work` in a task of its own. Electron runs microtasks inside the emission of
 * `will-quit`, where it still counts as quitting: a `quit` that comes then is lost for good (shell/browser/browser.cc,
 * `Browser::Quit` and `NotifyAndShutdown`).
 */
export function insteadOfQuitting(event: Pick<Electron.Event, 'preventDefault'>, work: () => void): void {
  event.preventDefault();
  setImmediate(work);
}

/** An AppImage runs from a mount that goes with this process: what can be started anew is the file itself. */
export function relaunch(args?: readonly string[]): void {
  const execPath = process.env.APPIMAGE;
  app.relaunch({ ...(args && { args: [...args] }), ...(execPath !== undefined && { execPath }) });
}

/**
 * Runs `tasks` once, those that are there when quitting has become certain (`will-quit`: the windows are gone already),
 * and lets the app go when they have ended, well or not, or after 3 s.
 */
export function finishBeforeQuit(tasks: readonly LastTask[]): Ending {
  let state: 'open' | 'ending' | 'ended' = 'open';
  let next: readonly string[] | null = null;

  async function finish(): Promise<void> {
    const finished = Promise.allSettled(tasks.map(async (task) => task()));
    const tooLong = new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
    await Promise.race([finished, tooLong]);
    state = 'ended';
    if (next !== null) relaunch(next);
    app.quit();
  }

  app.on('will-quit', (event) => {
    if (state === 'ended') return;
    if (state === 'ending') return event.preventDefault();
    state = 'ending';
    insteadOfQuitting(event, finish);
  });
  return {
    isUnderWay: () => state !== 'open',
    startAgain(args) {
      next = args;
    },
  };
}
