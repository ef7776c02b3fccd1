/** A token on the system's clipboard, for as long as it takes to paste it. */
import { app, ClipboardItem, clipboard } from 'electron';
import type { Host, OverdueToken } from '../console/host.ts';
import { Refusal } from '../console/refusal.ts';
import { type Wipe, wipeAnytime, wipeWithFocus } from './clipboard-wipe.ts';
import { insteadOfQuitting } from './ending.ts';
import { isOnWayland, offersDropped } from './wayland.ts';
import type { Window } from './window.ts';

export interface TokenClipboard extends NonNullable<Host['clipboard']> {
  /** Rejects when the system's clipboard does. `clearsAt`: ms since the epoch. */
  readonly copy: NonNullable<Host['copyToken']>;
  /** Clears the clipboard now if it still holds the token that was copied last and is to be cleared. */
  clear(): Promise<void>;
}

/** What this system lets an app do with its clipboard. */
export interface ClipboardRules {
  /** Whether what is written now gets there. */
  readonly mayWrite: () => boolean;
  /** For one token. */
  readonly wipe: () => Wipe;
}

const ANYTIME: ClipboardRules = { mayWrite: () => true, wipe: () => wipeAnytime };

/** For use after the app is ready. */
export function clipboardRules(window: Pick<Window, 'hasFocus'>): ClipboardRules {
  if (!isOnWayland()) return ANYTIME;
  const { hasFocus } = window;
  return { mayWrite: hasFocus, wipe: () => wipeWithFocus(hasFocus, offersDropped(process.env)) };
}

/** How soon a token that could not be taken off is looked after again. */
const AGAIN_MS = 500;
/** How long it is told that it is off. */
const TOLD_MS = 10_000;

/** A DWORD of 0. */
const NO = new Blob([new Uint8Array(4)]);

/**
 * What asks clipboard managers not to keep a copy: nspasteboard.org, Microsoft's "Clipboard Formats" (cloud
 * clipboard and clipboard history), KDE's Klipper.
 */
const CONCEALED: Partial<Record<NodeJS.Platform, Readonly<Record<string, string | Blob>>>> = {
  darwin: { 'org.nspasteboard.ConcealedType': '1' },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: NO,
    CanIncludeInClipboardHistory: NO,
    CanUploadToCloudClipboard: NO,
  },
  linux: { 'x-kde-passwordManagerHint': 'secret' },
};

/** All of one item reaches the clipboard at once; a system that refuses the marks gets the text alone. */
async function write(text: string): Promise<void> {
  const marks = Object.entries(CONCEALED[process.platform] ?? {}).map(([format, value]) => {
    return [`electron application/osclipboard;format="${format}"`, value] as const;
  });
  const item = () => new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marks) });
  try {
    await clipboard.write([item()]);
  } catch {
    await clipboard.writeText(text);
  }
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

/** What became of a token that was overdue, as `Host.clipboard` tells it. */
class Overdue {
  readonly #listeners: ((overdue: OverdueToken) => void)[] = [];
  #now: OverdueToken = null;
  #end: NodeJS.Timeout | undefined;

  listen(listener: (overdue: OverdueToken) => void): void {
    this.#listeners.push(listener);
    listener(this.#now);
  }

  become(next: 'there' | 'gone'): void {
    if (next === 'gone' && this.#now !== 'there') return;
    clearTimeout(this.#end);
    if (next === 'gone') this.#end = setTimeout(() => this.#tell(null), TOLD_MS);
    this.#tell(next);
  }

  #tell(next: OverdueToken): void {
    if (next === this.#now) return;
    this.#now = next;
    for (const listener of this.#listeners) listener(next);
  }
}

const NOT_ACTIVE = 'This desktop lets only the active window write the clipboard; nothing was copied.';

/** The timer belongs to the app, not to a window, so closing the window does not leave the token behind. */
export function createTokenClipboard(rules: ClipboardRules = ANYTIME): TokenClipboard {
  const inTurn = createTurns(); // Electron's clipboard is asynchronous: a clearing must not overtake a copy
  const overdue = new Overdue();
  let held: { readonly text: string; readonly wipe: Wipe; timer: NodeJS.Timeout } | null = null;

  function forgetAfter(ms: number): NodeJS.Timeout {
    const timer: NodeJS.Timeout = setTimeout(() => {
      const forgetThis = async () => (held?.timer === timer ? forget() : undefined);
      inTurn(forgetThis).catch(() => undefined); // still held then, and tried again on quitting
    }, ms);
    return timer;
  }

  async function forget(): Promise<void> {
    if (held === null) return;
    clearTimeout(held.timer);
    const isOff = await held.wipe(held.text);
    overdue.become(isOff ? 'gone' : 'there');
    if (isOff) held = null;
    else held.timer = forgetAfter(AGAIN_MS);
  }

  return {
    copy: (accessToken, clearAfterSeconds) =>
      inTurn(async () => {
        if (!rules.mayWrite()) throw new Refusal('window-not-active', NOT_ACTIVE);
        await write(accessToken);
        clearTimeout(held?.timer);
        held = null;
        overdue.become('gone'); // the new one took its place
        if (clearAfterSeconds === null) return { clearsAt: null };
        const afterMs = clearAfterSeconds * 1000;
        held = { text: accessToken, wipe: rules.wipe(), timer: forgetAfter(afterMs) };
        return { clearsAt: Date.now() + afterMs };
      }),
    clear: () => inTurn(forget),
    listen: (listener) => overdue.listen(listener),
  };
}

/** How long quitting waits for it. */
const LIMIT_MS = 1000;

/** On Wayland the clipboard is cleared before the windows close: afterwards nothing of ours is in front. */
export function clearBeforeQuit(
  { clear }: Pick<TokenClipboard, 'clear'>,
  window: Pick<Window, 'hasFocus'>,
): void {
  if (!isOnWayland()) return;
  let isCleared = false;
  app.on('before-quit', (event) => {
    const isDue = !isCleared && window.hasFocus();
    isCleared = isDue;
    if (!isDue) return;
    insteadOfQuitting(event, async () => {
      const tooLong = new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
      await Promise.race([clear().catch(() => undefined), tooLong]);
      app.quit();
    });
  });
}
