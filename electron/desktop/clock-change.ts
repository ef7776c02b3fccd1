/** Tells when somebody sets the machine's clock: deadlines are then other ones. */
import { systemPreferences } from 'electron';
import type { Window } from './window.ts';

/** Windows tells every window of it. */
const WM_TIMECHANGE = 0x001e;
/** Linux tells nobody; two clocks are compared this often, which costs a few microseconds. */
const LOOK_MS = 1500;
/** The two drift by far less between two looks. */
const JUMP_MS = 1000;

export interface ClockWatchParts {
  readonly window: Pick<Window, 'each'>;
  readonly platform: NodeJS.Platform;
  readonly changed: () => void;
}

/** For use after the app is ready. */
export function watchClock({ window, platform, changed }: ClockWatchParts): void {
  if (platform === 'darwin') {
    systemPreferences.subscribeLocalNotification('NSSystemClockDidChangeNotification', changed);
  } else if (platform === 'win32') {
    window.each((opened) => opened.hookWindowMessage(WM_TIMECHANGE, changed));
  } else compare(changed);
}

function compare(changed: () => void): void {
  const offset = () => Date.now() - performance.now();
  let before = offset();
  setInterval(() => {
    const now = offset();
    if (Math.abs(now - before) > JUMP_MS) changed();
    before = now;
  }, LOOK_MS);
}
