/** Events on their way into the store: those of one frame are taken together, so that a burst is one render. */
import type { ConsoleEvent } from '../electron/console/contract.ts';

/** A listener for the bridge. The whole state is taken at once: it is what the page waits for. */
export function inbox(take: (events: readonly ConsoleEvent[]) => void): (event: ConsoleEvent) => void {
  let waiting: ConsoleEvent[] = [];
  const empty = () => {
    const events = waiting;
    waiting = [];
    if (events.length > 0) take(events);
  };
  return (event) => {
    waiting.push(event);
    if (event.type === 'state') empty();
    else if (waiting.length > 1) return;
    // No frames are drawn while the page is hidden.
    else if (document.hidden) setTimeout(empty);
    else requestAnimationFrame(empty);
  };
}
