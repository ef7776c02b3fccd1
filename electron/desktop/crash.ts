/** A page whose process has ended is loaded again, so that nobody is left before an empty window. */
import { app, type BrowserWindow } from 'electron';
import type { Log } from '../log.ts';
import { isConfirmed } from './question.ts';
import type { Window } from './window.ts';
import type { Words } from './words/zh.ts';

/** A page that ends more often than this would be loaded for ever. */
const MOST = 3;
const WITHIN_MS = 60_000;

export interface CrashParts {
  readonly window: Pick<Window, 'each' | 'current'>;
  readonly words: () => Words;
  readonly log: Log;
}

/** Loads a page that has ended again, three times a minute; after that a person is asked first. */
export function reloadAfterCrash({ window, words, log }: CrashParts): void {
  const ends: number[] = [];
  let isAsking = false;

  async function askFirst(opened: BrowserWindow): Promise<void> {
    if (isAsking) return; // the window stays empty behind the question
    isAsking = true;
    const asking = { type: 'warning', default: 'confirm', window } as const;
    const isWanted = await isConfirmed(words().crashed, asking).finally(() => {
      isAsking = false;
    });
    if (isWanted && !opened.isDestroyed()) opened.webContents.reload();
  }

  window.each((opened) => {
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || opened.isDestroyed()) return;
      log.error({ reason, exitCode }, 'the page has ended');
      const now = Date.now();
      ends.push(now);
      while ((ends[0] ?? now) <= now - WITHIN_MS) ends.shift();
      if (ends.length <= MOST) opened.webContents.reload();
      else askFirst(opened).catch((error: unknown) => log.error({ fault: String(error) }, 'no question'));
    });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.warn({ type, reason, exitCode }, 'a process of Chromium has ended');
  });
}
