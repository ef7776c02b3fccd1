/** Life without a window: what closing it means, and how the app starts when nobody asked to see it. */
import { app, type BrowserWindow } from 'electron';
import type { Marker } from './marker.ts';
import { notify } from './notify.ts';
import type { Window } from './window.ts';
import type { Words } from './words/zh.ts';

export interface BackgroundParts {
  readonly window: Window;
  readonly keepsRunning: () => boolean;
  /** Whether a tray of ours can be seen right now; asked each time, since desktops change while they run. */
  readonly hasTray: () => Promise<boolean>;
  readonly words: () => Words;
  readonly marker: Marker;
  readonly platform: NodeJS.Platform;
}

/** Never a hidden window without a way back: on macOS the Dock is one, elsewhere only a tray that is seen. */
function mayHide({ platform, hasTray }: Pick<BackgroundParts, 'platform' | 'hasTray'>): Promise<boolean> {
  return platform === 'darwin' ? Promise.resolve(true) : hasTray();
}

/** A full-screen window that is hidden leaves a black space behind on macOS. */
function hide(window: BrowserWindow): void {
  if (window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else window.hide();
}

/** Decides, from now on, what closing the window does. */
export function liveInBackground(parts: BackgroundParts): void {
  const { window, keepsRunning, words, marker, platform } = parts;
  let isLeaving = false;
  app.on('before-quit', () => {
    isLeaving = true;
  });

  function tellOnce(way: 'tray' | 'dock' | 'taskbar'): void {
    if (!marker.take('told-it-stays')) return;
    const { stays } = words();
    notify({ title: stays.title, body: stays[way] }, window.show);
  }

  async function putAway(closing: BrowserWindow): Promise<void> {
    const isHidden = await mayHide(parts);
    if (closing.isDestroyed()) return;
    if (isHidden) hide(closing);
    else window.minimise();
    tellOnce(platform === 'darwin' ? 'dock' : isHidden ? 'tray' : 'taskbar');
  }

  window.each((opened) => {
    opened.on('close', (event) => {
      if (isLeaving || !keepsRunning()) return;
      event.preventDefault();
      void putAway(opened);
    });
  });
  app.on('window-all-closed', () => app.quit());
}

/** Started at login: a window only where there would be no way to it otherwise, and minimised. */
export async function leaveAway(
  parts: Pick<BackgroundParts, 'window' | 'keepsRunning' | 'hasTray' | 'platform'>,
): Promise<void> {
  const { window, keepsRunning } = parts;
  if (!keepsRunning() || !(await mayHide(parts))) window.showMinimised();
}
