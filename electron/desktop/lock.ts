/** When the app locks by itself, what the system can unlock, and what screenshots may show. */
import { powerMonitor, systemPreferences } from 'electron';
import type { Console } from '../console/console.ts';
import type { Preferences, ShieldView } from '../console/contract.ts';
import type { Host } from '../console/host.ts';
import { followPreferences, followShield } from './follow.ts';
import type { Window } from './window.ts';
import type { Words } from './words/zh.ts';

const MINUTE = 60_000;
/** On Linux no event tells that the screen was locked; it is looked at while that matters. */
const LOOK_MS = 30_000;

/** Locks with the screen and after idle time, as the preferences say; the returned function looks again now. */
export function lockByItself(
  console: Pick<Console, 'listen' | 'execute'>,
  platform: NodeJS.Platform,
): () => void {
  let settings: Preferences['lock'] = { idleMinutes: null, withScreen: false };
  let shield: Pick<ShieldView, 'isLocked' | 'hasPassphrase'> = { isLocked: false, hasPassphrase: false };
  let timer: NodeJS.Timeout | null = null;
  const canLock = () => shield.hasPassphrase && !shield.isLocked;
  const lock = () => void (canLock() && console.execute('shield.lock', {}));

  /** Looks when the idle time can be over at the earliest, so seldom while the person works. */
  function look(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const { idleMinutes, withScreen } = settings;
    const watchesScreen = withScreen && platform === 'linux';
    if (!canLock() || (idleMinutes === null && !watchesScreen)) return;
    const isScreenLocked = watchesScreen && powerMonitor.getSystemIdleState(1) === 'locked';
    const idleMs = powerMonitor.getSystemIdleTime() * 1000;
    const leftMs = isScreenLocked ? 0 : (idleMinutes ?? Infinity) * MINUTE - idleMs;
    if (leftMs <= 0) lock();
    else timer = setTimeout(look, Math.min(leftMs, watchesScreen ? LOOK_MS : Infinity));
  }

  const lockWithScreen = () => void (settings.withScreen && lock());
  powerMonitor.on('lock-screen', lockWithScreen);
  powerMonitor.on('suspend', lockWithScreen);
  followPreferences(console, (values) => {
    settings = values.lock;
    look();
  });
  followShield(console, (view) => {
    shield = view;
    look();
  });
  return look;
}

/** Keeps the window out of screenshots and screen sharing where the preference says so; each new window as well. */
export function protectScreen(
  console: Pick<Console, 'listen'>,
  window: Pick<Window, 'each' | 'current'>,
  platform: NodeJS.Platform,
): void {
  if (!hasScreenProtection(platform)) return;
  let isOn = false;
  window.each((opened) => opened.setContentProtection(isOn));
  followPreferences(console, ({ screenProtection }) => {
    if (screenProtection === isOn) return;
    isOn = screenProtection;
    window.current()?.setContentProtection(isOn);
  });
}

export function hasScreenProtection(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' || platform === 'win32';
}

/** Touch ID, where this Mac has it. For use after the app is ready. */
export function systemUnlock(platform: NodeJS.Platform, words: () => Words): Pick<Host, 'askSystem'> {
  if (platform !== 'darwin' || !systemPreferences.canPromptTouchID()) return {};
  return {
    askSystem: () =>
      systemPreferences.promptTouchID(words().touchId).then(
        () => true,
        () => false,
      ),
  };
}
