/** A question to the person, by the system's own dialog. */
import { app, type BrowserWindow, dialog } from 'electron';
import type { Window } from './window.ts';

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly confirm: string;
  readonly cancel: string;
}

export interface Asking {
  readonly type: 'question' | 'warning';
  /** What Return means; Escape always cancels. */
  readonly default: 'confirm' | 'cancel';
  /** Whose question it is; null: nobody's, there is no window yet. */
  readonly window: Pick<Window, 'current'> | null;
}

/** How long the answer may take to be heard, where nothing else wakes the main loop. */
const TICK_MS = 100;

/**
 * Resolves with whether the person confirmed. The app goes on meanwhile: tokens are refreshed while a question stands.
 * For use after the app is ready.
 */
export async function isConfirmed(
  { message, detail, confirm, cancel }: Question,
  { type, default: usual, window }: Asking,
): Promise<boolean> {
  const options = {
    ...{ type, title: app.name, message, detail, buttons: [cancel, confirm] },
    ...{ defaultId: usual === 'confirm' ? 1 : 0, cancelId: 0, noLink: true },
  };
  const parent = seen(window?.current() ?? null);
  // On Linux an answer is settled only when something else wakes the main loop: up to 30 s later (electron#51049).
  const tick = setInterval(() => undefined, TICK_MS);
  try {
    const asked = parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options);
    return (await asked).response === 1;
  } finally {
    clearInterval(tick);
  }
}

/** A question that belongs to a window which cannot be seen cannot be seen either. */
function seen(window: BrowserWindow | null): BrowserWindow | null {
  return window?.isVisible() && !window.isMinimized() ? window : null;
}
