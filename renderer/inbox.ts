/** Events on their way into the store: those of one frame are taken together, so that a burst is one render. */
import type { ConsoleEvent } from '../electron/console/contract.ts';

/** Events wait no longer than this for a frame: none is drawn while the page is hidden, or where the desktop draws none. */
const FRAME_MS = 100;

/** A listener for the bridge. The whole state is taken at once: it is what the page waits for. */
export function inbox(take: (events: readonly ConsoleEvent[]) => void): (event: ConsoleEvent) => void {
  let waiting: ConsoleEvent[] = [];
  let frame = 0;
  let timer = 0;
  const empty = () => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
    const events = waiting;
    waiting = [];
    take(events);
  };
  return (event) => {
    waiting.push(event);
    if (event.type === 'state') return empty();
    if (waiting.length > 1) return;
    frame = requestAnimationFrame(empty);
    timer = window.setTimeout(empty, FRAME_MS);
  };
}
