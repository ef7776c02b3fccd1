/** A window that a Wayland desktop has not drawn, and gives no keys, though it is shown. */
import type { BrowserWindow } from 'electron';

/** A frame takes 16 ms at rest; a window that is behind another may have none either. */
const FRAME_MS = 1000;
const TRIES = 3;
const FRAME = 'new Promise((drawn) => requestAnimationFrame(() => drawn(true)))';

function isDrawn({ webContents }: BrowserWindow): Promise<boolean> {
  // A page that has ended is seen to elsewhere (crash.ts).
  const frame: Promise<boolean> = webContents.executeJavaScript(FRAME).catch(() => true);
  return Promise.race([frame, new Promise<boolean>((resolve) => setTimeout(resolve, FRAME_MS, false))]);
}

/**
 * Hides the window and shows it again until its page has a frame, three times at most. On a busy machine about one start
 * in fifteen stays undrawn (Electron 33.2.1 on Weston 10); focus, a new size or `invalidate` do not change that, this does.
 * `isShown`: whether it is there and a person still wants to see it.
 */
export async function drawAgain(window: BrowserWindow, isShown: () => boolean): Promise<void> {
  for (let tries = 0; tries < TRIES && isShown(); tries++) {
    if ((await isDrawn(window)) || !isShown()) return;
    window.hide();
    window.show();
  }
}
