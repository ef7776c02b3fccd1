/** Tells the console when the network is back. */
import { net } from 'electron';
import type { Console } from '../console/console.ts';

/** No event tells the main process; a page's `online` does, but there may be no page. */
const LOOK_MS = 1000;

/** Looks only while the system says there is no network, from the first call that failed for want of one. */
export function watchNetwork(console: Pick<Console, 'listen' | 'networkBack'>): void {
  let timer: NodeJS.Timeout | null = null;
  const look = () => {
    if (timer === null || !net.isOnline()) return;
    clearInterval(timer);
    timer = null;
    console.networkBack();
  };
  console.listen((event) => {
    const hasFailed = event.type === 'history-added' && event.row.outcome === 'failed';
    if (hasFailed && timer === null && !net.isOnline()) timer = setInterval(look, LOOK_MS);
  });
}
