/** The end of the app: what must be finished before the process goes, and how long that may take. */
import { app } from 'electron';

const LIMIT_MS = 3_000;

/**
 * Runs `tasks` once, when quitting has become certain (`will-quit`: the windows are gone already), and lets the
 * app go when they have ended, well or not, or after 3 s.
 */
export function finishBeforeQuit(tasks: readonly (() => Promise<unknown>)[]): void {
  let state: 'open' | 'ending' | 'ended' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    const finished = Promise.allSettled(tasks.map((task) => task()));
    const tooLong = new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
    void Promise.race([finished, tooLong]).then(() => {
      state = 'ended';
      app.quit();
    });
  });
}
