/** A token on the system's clipboard, for as long as it takes to paste it. */
import { ClipboardItem, clipboard } from 'electron';
import type { Host } from '../console/host.ts';

export interface TokenClipboard {
  /** Rejects when the system's clipboard does. `clearsAt`: ms since the epoch. */
  readonly copy: NonNullable<Host['copyToken']>;
  /** Clears the clipboard now if it still holds the token that was copied last and is to be cleared. */
  clear(): Promise<void>;
}

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
    copy: (accessToken, clearAfterSeconds) =>
      inTurn(async () => {
        await write(accessToken);
        clearTimeout(held?.timer);
        held = null;
        if (clearAfterSeconds === null) return { clearsAt: null };
        const afterMs = clearAfterSeconds * 1000;
        const timer: NodeJS.Timeout = setTimeout(() => {
          const forgetThis = async () => (held?.timer === timer ? forget() : undefined);
          inTurn(forgetThis).catch(() => undefined); // still held then, and tried again on quitting
        }, afterMs);
        held = { text: accessToken, timer };
        return { clearsAt: Date.now() + afterMs };
      }),
    clear: () => inTurn(forget),
  };
}
