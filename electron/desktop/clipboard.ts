/** A token on the system's clipboard, for as long as it takes to paste it. */
import { clipboard } from 'electron';
import type { CopyToken } from '../console/console.ts';

const CLEAR_AFTER_MS = 30_000;

export interface TokenClipboard {
  /** Rejects when the system's clipboard does. `clearsAt`: ms since the epoch. */
  readonly copy: CopyToken;
  /** Clears the clipboard now if it still holds the token that was copied last. */
  clear(): Promise<void>;
}

/** Runs one piece of work after the other, each one's failure its own. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** The timer belongs to the app, not to a window, so closing the window does not leave the token behind. */
export function createTokenClipboard(): TokenClipboard {
  const inTurn = createTurns(); // Electron's clipboard is asynchronous: a clearing must not overtake a copy
  let held: { readonly text: string; readonly timer: NodeJS.Timeout } | null = null;

  async function forget(): Promise<void> {
    if (held === null) return;
    clearTimeout(held.timer);
    if ((await clipboard.readText()) === held.text) clipboard.clear();
    held = null;
  }

  return {
    copy: (accessToken) =>
      inTurn(async () => {
        await clipboard.writeText(accessToken);
        clearTimeout(held?.timer);
        const timer: NodeJS.Timeout = setTimeout(() => {
          const forgetThis = async () => (held?.timer === timer ? forget() : undefined);
          inTurn(forgetThis).catch(() => undefined); // still held then, and tried again on quitting
        }, CLEAR_AFTER_MS);
        held = { text: accessToken, timer };
        return { clearsAt: Date.now() + CLEAR_AFTER_MS };
      }),
    clear: () => inTurn(forget),
  };
}
