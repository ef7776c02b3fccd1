/** Sleep stops timers, so every deadline is looked at again when the machine wakes. */
import { powerMonitor } from 'electron';
import { soon } from './soon.ts';

/** Waking brings several events within a moment; they are one reason to look. */
const BUNCH_MS = 300;

/** Calls each of `looks` once soon after the machine woke or was unlocked. For use after the app is ready. */
export function watchPower(looks: readonly (() => void)[]): void {
  const lookSoon = soon(BUNCH_MS, () => {
    for (const look of looks) look();
  });
  powerMonitor.on('resume', lookSoon);
  powerMonitor.on('unlock-screen', lookSoon);
  powerMonitor.on('suspend', lookSoon); // on macOS it may come only after waking (electron#16297)
}
