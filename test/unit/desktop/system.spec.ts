/** What the system tells: sleep, the network, its screen's lock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleEvent, HistoryRow, Preferences } from '../../../electron/console/contract.ts';
import { lockByItself, protectScreen, systemUnlock } from '../../../electron/desktop/lock.ts';
import { watchNetwork } from '../../../electron/desktop/network.ts';
import { watchPower } from '../../../electron/desktop/power.ts';
import { isResetConfirmed } from '../../../electron/desktop/reset.ts';
import { createWindow } from '../../../electron/desktop/window.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { MINUTE, NOON, preferred, stateWith } from '../../support/desktop-accounts.ts';
import { electron, resetElectron, windows } from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { dialog, net, powerMonitor, systemPreferences } = electron;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  resetElectron();
});

afterEach(() => {
  vi.useRealTimers();
  net.isOnline.mockReturnValue(true);
  powerMonitor.getSystemIdleTime.mockReturnValue(0);
  powerMonitor.getSystemIdleState.mockReturnValue('active');
});

describe('waking', () => {
  it.each(['resume', 'unlock-screen', 'suspend'])(
    'by %s is looked at within half a second',
    async (event) => {
      const looks = [vi.fn(), vi.fn()];
      watchPower(looks);
      powerMonitor.emit(event);
      await pass(500);
      for (const look of looks) expect(look).toHaveBeenCalledOnce();
    },
  );

  it('by several events at once is one reason to look, and the next time another', async () => {
    const look = vi.fn();
    watchPower([look]);
    for (const event of ['suspend', 'resume', 'unlock-screen', 'resume']) powerMonitor.emit(event);
    await pass(5000);
    expect(look).toHaveBeenCalledOnce();
    powerMonitor.emit('resume');
    await pass(500);
    expect(look).toHaveBeenCalledTimes(2);
  });
});

describe('the network', () => {
  let console: FakeConsole;
  const attempt = (outcome: HistoryRow['outcome']) =>
    ({ type: 'history-added', row: { outcome } as HistoryRow }) satisfies ConsoleEvent;

  beforeEach(() => {
    console = fakeConsole();
    watchNetwork(console);
  });

  it('that is back after a call failed without one is told within 2 s, once', async () => {
    net.isOnline.mockReturnValue(false);
    for (let i = 0; i < 10; i += 1) console.announce(attempt('failed'));
    await pass(60_000);
    expect(console.networkBacks).toBe(0);
    net.isOnline.mockReturnValue(true);
    await pass(2000);
    expect(console.networkBacks).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not looked at while calls succeed, are refused, or fail with a network there', () => {
    console.announce(attempt('failed'));
    net.isOnline.mockReturnValue(false);
    console.announce(attempt('granted'));
    console.announce(attempt('refused'));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the lock', () => {
  let console: FakeConsole;
  let look: () => void;

  const shield = (isLocked: boolean, hasPassphrase = true): ConsoleEvent => ({
    type: 'shield-changed',
    shield: { isLocked, hasPassphrase, system: false, until: null },
  });
  const idle = (minutes: number) => powerMonitor.getSystemIdleTime.mockReturnValue(minutes * 60);
  const locked = () => console.executed.filter(({ command }) => command === 'shield.lock').length;

  function begin(lock: Preferences['lock'], platform: NodeJS.Platform = 'win32'): void {
    console = fakeConsole(undefined, stateWith([], { lock }));
    look = lockByItself(console, platform);
    console.announce(shield(false));
  }

  it('comes with the screen’s, and with sleep', () => {
    begin({ idleMinutes: null, withScreen: true });
    powerMonitor.emit('lock-screen');
    console.announce(shield(true));
    powerMonitor.emit('suspend');
    expect(locked()).toBe(1);
    console.announce(shield(false));
    powerMonitor.emit('suspend');
    expect(locked()).toBe(2);
  });

  it('does not come with the screen’s where that is off, or without a passphrase', () => {
    begin({ idleMinutes: null, withScreen: false });
    powerMonitor.emit('lock-screen');
    begin({ idleMinutes: 5, withScreen: true });
    console.announce(shield(false, false));
    powerMonitor.emit('lock-screen');
    expect(locked()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('comes when nobody has touched the machine for so long, and not before', async () => {
    begin({ idleMinutes: 5, withScreen: false });
    await pass(4 * MINUTE);
    idle(0); // somebody did
    await pass(MINUTE);
    expect(locked()).toBe(0);
    idle(4);
    await pass(5 * MINUTE);
    idle(5);
    await pass(MINUTE);
    expect(locked()).toBe(1);
  });

  it('looks seldom while somebody works: when the time can be over at the earliest', async () => {
    begin({ idleMinutes: 60, withScreen: false });
    const looks = () => powerMonitor.getSystemIdleTime.mock.calls.length;
    const before = looks();
    await pass(8 * 60 * MINUTE);
    expect(looks() - before).toBeLessThanOrEqual(8);
    expect(locked()).toBe(0);
  });

  it('looks at nothing while locked, or with neither setting', () => {
    begin({ idleMinutes: 5, withScreen: true });
    console.announce(shield(true));
    expect(vi.getTimerCount()).toBe(0);
    begin({ idleMinutes: null, withScreen: true });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a new setting up at once, and looks again after sleep', async () => {
    begin({ idleMinutes: null, withScreen: false });
    idle(7);
    console.announce(preferred({ lock: { idleMinutes: 15, withScreen: false } }));
    expect(locked()).toBe(0);
    idle(20);
    look();
    expect(locked()).toBe(1);
  });

  it('looks at the screen’s on Linux, where no event tells', async () => {
    begin({ idleMinutes: null, withScreen: true }, 'linux');
    await pass(60_000);
    expect(locked()).toBe(0);
    powerMonitor.getSystemIdleState.mockReturnValue('locked');
    await pass(30_000);
    expect(locked()).toBe(1);
  });
});

describe('Touch ID', () => {
  it('unlocks where this Mac has it', async () => {
    systemPreferences.canPromptTouchID.mockReturnValue(true);
    const { askSystem } = systemUnlock('darwin', () => en);
    expect(await askSystem?.('')).toBe(true);
    expect(systemPreferences.promptTouchID.mock.calls).toEqual([['unlock WeChat Token Console']]);
    systemPreferences.promptTouchID.mockRejectedValueOnce(new Error('cancelled'));
    expect(await askSystem?.('')).toBe(false);
    expect(systemUnlock('linux', () => en)).toEqual({});
    systemPreferences.canPromptTouchID.mockReturnValue(false);
    expect(systemUnlock('darwin', () => en)).toEqual({});
  });
});

describe('screen protection', () => {
  const calls = (n: number) => windows[n]?.members.setContentProtection.mock.calls;

  it.each(['darwin', 'win32'] as const)('is for the open window and each new one on %s', (platform) => {
    const console = fakeConsole(undefined, stateWith([]));
    const window = createWindow('/p', 'app://console/');
    protectScreen(console, window, platform);
    window.show();
    expect(calls(0)).toEqual([[false]]);
    console.announce(preferred({ screenProtection: true }));
    console.announce(preferred({ screenProtection: true, theme: 'dark' }));
    expect(calls(0)).toEqual([[false], [true]]);
    windows[0]?.members.emit('closed');
    window.show();
    expect(calls(1)).toEqual([[true]]);
  });

  it('is not tried on Linux, which has none', () => {
    const window = createWindow('/p', 'app://console/');
    protectScreen(fakeConsole(undefined, stateWith([], { screenProtection: true })), window, 'linux');
    window.show();
    expect(calls(0)).toEqual([]);
  });
});

it('a forgotten passphrase goes only when a person says so', async () => {
  expect(await isResetConfirmed(en)).toBe(false);
  dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
  expect(await isResetConfirmed(en)).toBe(true);
  expect(dialog.showMessageBox).toHaveBeenLastCalledWith(
    expect.objectContaining({
      type: 'warning',
      buttons: ['Cancel', 'Remove all'],
      defaultId: 0,
      cancelId: 0,
    }),
  );
});
