import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccountView, Preferences } from '../../../electron/console/contract.ts';
import { createDeeds } from '../../../electron/desktop/deeds.ts';
import { showTray } from '../../../electron/desktop/tray.ts';
import { createWording } from '../../../electron/desktop/wording.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import {
  account,
  appIdOf,
  changed,
  HOUR,
  MINUTE,
  NOON,
  preferred,
  stateWith,
  trouble,
} from '../../support/desktop-accounts.ts';
import { electron, notifications, resetElectron, trays } from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { Menu, app, dialog } = electron;
const act = vi.fn();
let console: FakeConsole;
let draw: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  resetElectron();
  act.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
});

function begin(
  accounts: readonly AccountView[],
  { platform = 'linux', ...preferences }: Partial<Preferences> & { platform?: NodeJS.Platform } = {},
): void {
  console = fakeConsole(undefined, stateWith(accounts, preferences));
  const wording = createWording();
  wording.follow(console);
  draw = showTray({ console, wording, icons: '/icons', platform, act });
}

const tray = () => trays.at(-1)?.members;
const template = () => Menu.buildFromTemplate.mock.lastCall?.[0] ?? [];
const labels = () => template().map(({ label, type }) => label ?? type);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the tray', () => {
  it('shows how things stand, and a click on it shows the window', () => {
    begin([account(1), account(2)]);
    expect(trays).toHaveLength(1);
    expect(trays[0]?.image).toEqual({ path: '/icons/tray-ok.png' });
    expect(tray()?.setToolTip.mock.calls).toEqual([['WeChat Token Console\n2 accounts, all live']]);
    expect(labels()).toContain('shop 1 · 1 h 40 min');
    tray()?.emit('click');
    expect(act.mock.calls).toEqual([[{ do: 'show' }]]);
  });

  it('does what its lines say', () => {
    begin([account(1)]);
    const line = template().find(({ label }) => label?.startsWith('shop 1'));
    const inner = line?.submenu as Electron.MenuItemConstructorOptions[];
    expect(inner.map(({ enabled }) => enabled)).toEqual([false, undefined, undefined, undefined]);
    const click = inner[1]?.click as unknown as () => void;
    click();
    expect(act.mock.calls).toEqual([[{ do: 'copy', appId: appIdOf(1) }]]);
  });

  it('marks no key by an account’s name', () => {
    begin([account(1, { name: 'A & B' })]);
    expect(labels()).toContain('A && B · 1 h 40 min');
  });

  it('is drawn once for a bunch of events, and not at all when nothing to be seen changed', async () => {
    begin([account(1), account(2)]);
    expect(tray()?.setContextMenu).toHaveBeenCalledTimes(1);
    console.announce(changed(1, { nextAttemptAt: NOON + 5 }));
    console.announce(changed(1, { phase: 'refreshing' }));
    await pass(1000);
    expect(tray()?.setContextMenu).toHaveBeenCalledTimes(1);
    console.announce(changed(1, trouble('secret')));
    console.announce(changed(2, trouble('secret')));
    await pass(1000);
    expect(tray()?.setContextMenu).toHaveBeenCalledTimes(2);
    expect(tray()?.setImage.mock.calls).toEqual([[{ path: '/icons/tray-attention.png' }]]);
    expect(tray()?.setToolTip).toHaveBeenLastCalledWith('WeChat Token Console\n2 accounts need you');
  });

  it('is drawn again by time only when a text changes', async () => {
    begin([account(1)]);
    await pass(HOUR);
    expect(tray()?.setContextMenu).toHaveBeenCalledTimes(1 + 12);
    expect(tray()?.setToolTip).toHaveBeenCalledTimes(1);
  });

  it('keeps no timer without an account', () => {
    begin([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('catches up after sleep', () => {
    begin([account(1)]);
    vi.setSystemTime(NOON + 50 * MINUTE);
    draw();
    expect(labels()).toContain('shop 1 · 50 min');
  });

  it('forgets the accounts while the console is locked', async () => {
    begin([account(1)]);
    const shield = { isLocked: true, hasPassphrase: true, system: false, until: null };
    console.announce({ type: 'shield-changed', shield });
    await pass(200);
    expect(labels()).toEqual([
      'The console is locked',
      'The account is live',
      'separator',
      'Unlock…',
      'Quit',
    ]);
  });

  it('speaks the language that is chosen', async () => {
    begin([account(1)]);
    console.announce(preferred({ language: 'zh' }));
    await pass(200);
    expect(labels()).toEqual([
      '账号正常',
      'separator',
      'shop 1 · 1 小时 40 分钟',
      'separator',
      '显示控制台',
      '退出',
    ]);
  });

  it('is there only while the console keeps running without its window', async () => {
    begin([account(1)], { keepRunning: false });
    expect(trays).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
    console.announce(preferred({ keepRunning: true }));
    await pass(200);
    expect(trays).toHaveLength(1);
    expect(tray()?.setContextMenu).toHaveBeenCalledOnce();
    console.announce(preferred({ keepRunning: false }));
    await pass(200);
    expect(tray()?.destroy).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('in macOS’ menu bar has one shape, a count, and its menu on a click', async () => {
    begin([account(1)], { platform: 'darwin' });
    expect(trays[0]?.image).toEqual({ path: '/icons/trayTemplate.png' });
    console.announce(changed(1, trouble('secret')));
    await pass(200);
    expect(tray()?.setTitle.mock.calls).toEqual([[''], ['1']]);
    expect(tray()?.setImage).not.toHaveBeenCalled();
    tray()?.emit('click');
    expect(act).not.toHaveBeenCalled();
  });
});

describe('a deed', () => {
  const show = vi.fn();
  const [appId] = [appIdOf(1)];

  function deeds(changes: Partial<AccountView> = {}, isRefused = false, copies = true) {
    show.mockReset();
    const error = { code: 'no-token', message: 'none' } as const;
    const execute = async () =>
      isRefused ? ({ ok: false, error } as const) : ({ ok: true, value: {} } as const);
    console = fakeConsole(execute, stateWith([account(1, changes)]));
    return createDeeds({ console, window: { show, current: () => null }, words: () => en, copies });
  }

  it('copies and refreshes by the console’s own commands', async () => {
    const act = deeds();
    await act({ do: 'copy', appId });
    await act({ do: 'refresh', appId });
    expect(console.executed).toEqual([
      { command: 'tokens.copy', input: { appId } },
      { command: 'tokens.refresh', input: { appId } },
    ]);
    expect(show).not.toHaveBeenCalled();
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
  });

  it('that is refused shows the account, which says why', async () => {
    await deeds({}, true)({ do: 'copy', appId });
    expect(show.mock.calls).toEqual([[`#/account/${appId}`]]);
  });

  it('that cannot copy where no key or click came to the window goes to the button that can, and says so', async () => {
    await deeds({}, false, false)({ do: 'copy', appId });
    expect(console.executed).toEqual([]);
    expect(show.mock.calls).toEqual([[`#/account/${appId}`]]);
    expect(notifications).toHaveLength(0); // the click is answered first
    vi.runAllTicks();
    await vi.advanceTimersByTimeAsync(0);
    expect(notifications.map(({ options }) => options.title)).toEqual([
      'The token of “shop 1” is not copied yet',
    ]);
    notifications[0]?.members.emit('click');
    expect(show).toHaveBeenCalledTimes(2);
  });

  it('that would end a token in use is asked about first, and not done unless a person says so', async () => {
    const act = deeds({ line: 'standard' });
    await act({ do: 'refresh', appId });
    expect(dialog.showMessageBox).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        message: 'Refresh the token of “shop 1” now?',
        buttons: ['Cancel', 'Refresh'],
        defaultId: 0,
        cancelId: 0,
      }),
    );
    expect(console.executed).toEqual([]);
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    await act({ do: 'refresh', appId });
    expect(console.executed).toHaveLength(1);
  });

  it('shows, opens and quits', async () => {
    const act = deeds();
    await act({ do: 'show' });
    await act({ do: 'open', appId });
    await act({ do: 'quit' });
    expect(show.mock.calls).toEqual([[], [`#/account/${appId}`]]);
    expect(app.quit).toHaveBeenCalledOnce();
  });
});
