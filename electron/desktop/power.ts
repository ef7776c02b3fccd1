/** Sleep stops timers, so every deadline is looked at again when the machine wakes. */
import { powerMonitor } from 'electron';
import type { Console } from '../console/console.ts';

/** For use after the app is ready. */
export function watchPower(console: Pick<Console, 'lookAgain'>): void {
  powerMonitor.on('resume', () => console.lookAgain());
  powerMonitor.on('unlock-screen', () => console.lookAgain());
}
