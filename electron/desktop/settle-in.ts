/** What starts once the window can be seen: nobody waits for it. */
import type { Console } from '../console/console.ts';
import type { Log } from '../log.ts';
import { tellOfOverdueToken } from './clipboard-notice.ts';
import { watchClock } from './clock-change.ts';
import { createDeeds, routeOf } from './deeds.ts';
import { lockByItself } from './lock.ts';
import { followLogin, loginList } from './login.ts';
import { watchNetwork } from './network.ts';
import { showNotices } from './notices.ts';
import { watchPower } from './power.ts';
import { showTray } from './tray.ts';
import { isOnWayland } from './wayland.ts';
import type { Window } from './window.ts';
import type { Wording } from './wording.ts';

export interface SettleParts {
  readonly console: Console;
  readonly window: Window;
  readonly wording: Wording;
  readonly platform: NodeJS.Platform;
  readonly isDemo: boolean;
  readonly log: Log;
  /** The folder of the tray's icons. */
  readonly icons: string;
}

/** Tray, notices, the lock, what the system tells of sleep and network, and what starts at login. */
export function settleIn({ console, window, wording, platform, isDemo, log, icons }: SettleParts): void {
  const { words } = wording;
  const deeds = createDeeds({ console, window, words, copies: !isOnWayland() });
  const act = (deed: Parameters<typeof deeds>[0]) => {
    deeds(deed).catch((error: unknown) => log.error({ fault: String(error) }, 'the tray could not do it'));
  };
  const drawTray = showTray({ console, wording, icons, platform, act });
  const lookAtNotices = showNotices({ console, words, open: (appId) => window.show(routeOf(appId)) });
  const lookAtLock = lockByItself(console, platform);
  const looks = [() => console.lookAgain(), lookAtLock, lookAtNotices, drawTray];
  watchPower(looks);
  watchClock({
    window,
    platform,
    changed: () => {
      for (const look of looks) look();
    },
  });
  watchNetwork(console);
  tellOfOverdueToken({ console, window, words });
  if (!isDemo) followLogin(console, loginList(platform, process.env), log);
}
