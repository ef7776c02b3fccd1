/** Somebody sets the clock: heard by the system's own word, and where it has none within two seconds. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchClock } from '../../../electron/desktop/clock-change.ts';
import { createWindow } from '../../../electron/desktop/window.ts';
import { electron, resetElectron, windows } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

beforeEach(() => {
  resetElectron();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const window = () => createWindow('/app/preload.cjs', 'app://console/');

it('macOS says so', () => {
  const changed = vi.fn();
  watchClock({ window: window(), platform: 'darwin', changed });
  const [name, listener] = electron.systemPreferences.subscribeLocalNotification.mock.lastCall ?? [];
  expect(name).toBe('NSSystemClockDidChangeNotification');
  listener?.('NSSystemClockDidChangeNotification', {}, '');
  expect(changed).toHaveBeenCalledOnce();
});

it('Windows says so to each window, those there and those to come', () => {
  const changed = vi.fn();
  const [here, later] = [window(), window()];
  here.show();
  watchClock({ window: here, platform: 'win32', changed });
  watchClock({ window: later, platform: 'win32', changed });
  later.show();
  for (const { members } of windows) {
    const [message, listener] = members.hookWindowMessage.mock.lastCall ?? [];
    expect(message).toBe(0x1e);
    listener?.(Buffer.alloc(8), Buffer.alloc(8));
  }
  expect(changed).toHaveBeenCalledTimes(2);
});

it('on Linux two clocks are compared: a jump either way is one change, time that passes is none', () => {
  const changed = vi.fn();
  watchClock({ window: window(), platform: 'linux', changed });
  vi.advanceTimersByTime(10 * 60_000);
  expect(changed).not.toHaveBeenCalled();
  for (const jump of [3_600_000, -7_200_000]) {
    vi.setSystemTime(Date.now() + jump);
    vi.advanceTimersByTime(2000);
  }
  expect(changed).toHaveBeenCalledTimes(2);
});
