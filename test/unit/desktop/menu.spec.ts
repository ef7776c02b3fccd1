import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MenuId } from '../../../electron/console/contract.ts';
import { keepMenu } from '../../../electron/desktop/menu.ts';
import { menuTemplate } from '../../../electron/desktop/menu-model.ts';
import { keyOf, shortcuts } from '../../../electron/desktop/shortcuts.ts';
import { createWording } from '../../../electron/desktop/wording.ts';
import { en } from '../../../electron/desktop/words/en.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';
import { preferred, stateWith } from '../../support/desktop-accounts.ts';
import { electron, fakeContents, resetElectron } from '../../support/electron-mock.ts';
import { type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app, clipboard, Menu, shell } = electron;
type Item = MenuItemConstructorOptions;

function flat(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** The list of keys is shown by one of the page's own. */
const IDS: Record<Exclude<MenuId, 'shortcuts'>, true> = {
  add: true,
  settings: true,
  search: true,
  refresh: true,
  copy: true,
  'next-account': true,
  'previous-account': true,
  lock: true,
};
const PLATFORMS = ['darwin', 'win32', 'linux'] as const;

describe('the shortcuts', () => {
  it('are one for each thing a menu can ask, and no key twice', () => {
    expect(shortcuts.map(({ id }) => id).toSorted()).toEqual(Object.keys(IDS).toSorted());
    for (const system of ['mac', 'other'] as const) {
      expect(new Set(shortcuts.map(({ keys }) => keys[system])).size).toBe(shortcuts.length);
    }
  });

  it('leave the keys of editing alone', () => {
    const editing = ['C', 'V', 'X', 'A', 'Z', 'Shift+Z', 'Y', 'W', 'Q', 'M', 'H'];
    for (const { keys } of shortcuts) {
      expect(editing).not.toContain(keys.mac.replace('Cmd+', ''));
      expect(editing).not.toContain(keys.other.replace('Ctrl+', ''));
    }
  });
});

describe.each(PLATFORMS)('the menu on %s', (platform) => {
  const template = (words = en, isPackaged = true, canLock = true) =>
    menuTemplate({ platform, words, isPackaged, canLock, hasLicences: true, act: () => undefined });

  it('has every shortcut of the list, with its key', () => {
    const items = flat(template());
    for (const { id } of shortcuts) {
      const found = items.filter((item) => item.id === id);
      expect([id, found.map(({ accelerator }) => accelerator)]).toEqual([id, [keyOf(id, platform)]]);
    }
  });

  it('shows the list of keys', () => {
    const item = flat(template()).find(({ id }) => id === 'shortcuts');
    expect([item?.label, item?.accelerator]).toEqual(['Keyboard Shortcuts', undefined]);
  });

  it('uses no key twice', () => {
    const keys = flat(template(en, false)).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is all in the language that is chosen, the system’s own items too', () => {
    const named = flat(template(zh)).filter(({ type }) => type !== 'separator');
    for (const { label } of named) expect(label).toMatch(/[\u4e00-\u9fff]/);
    for (const { label } of flat(template(en))) expect(label ?? '').not.toMatch(/[\u4e00-\u9fff]/);
  });

  it('reloads the page and opens developer tools only while the app is not packaged', () => {
    const roles = (isPackaged: boolean) => flat(template(en, isPackaged)).map(({ role }) => role);
    expect(roles(false)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
    expect(roles(true)).not.toContain('reload');
    expect(roles(true)).not.toContain('toggleDevTools');
  });

  it('has editing, zoom, quitting and the box about the app', () => {
    const items = flat(template());
    const roles = items.map(({ role }) => role);
    for (const role of ['undo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'resetZoom', 'minimize']) {
      expect(roles).toContain(role);
    }
    expect(items.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        en.menu.quit,
        en.menu.about,
        en.menu.logs,
        en.menu.diagnostics,
        en.menu.licences,
      ]),
    );
  });

  it('locks only where there is something to lock with', () => {
    const lock = (canLock: boolean) => flat(template(en, true, canLock)).find(({ id }) => id === 'lock');
    expect([lock(true)?.enabled, lock(false)?.enabled]).toEqual([true, false]);
  });
});

describe('a menu item', () => {
  const show = vi.fn();
  const open = vi.fn(async () => {});
  const contents = fakeContents();
  let console: FakeConsole;
  let isOpen: boolean;
  let isRefused: boolean;
  let hasFocus: boolean;

  beforeEach(() => {
    resetElectron();
    show.mockReset();
    open.mockClear();
    isOpen = true;
    isRefused = false;
    hasFocus = true;
    setUp();
  });

  function setUp(): void {
    const error = { code: 'app-locked', message: 'locked' } as const;
    console = fakeConsole(
      async () => (isRefused ? { ok: false, error } : { ok: true, value: { text: 'all about it' } }),
      stateWith([]),
    );
    const wording = createWording();
    wording.follow(console);
    keepMenu({
      console,
      window: {
        ...{ show, hasFocus: () => hasFocus },
        contents: () => (isOpen ? (contents as unknown as Electron.WebContents) : null),
      },
      host: { abilities: ['open-licences'], open },
      wording,
      platform: 'linux',
    });
  }

  const template = () => flat(Menu.buildFromTemplate.mock.lastCall?.[0] as Item[]);
  const click = (label: string) => {
    const item = template().find((one) => one.label === label);
    const clicked = item?.click as (() => void) | undefined;
    clicked?.();
  };

  it('asks the page, which is shown', () => {
    click(en.menu.refresh);
    expect(contents.send.mock.calls).toEqual([['bridge:menu', 'refresh']]);
    expect(show.mock.calls).toEqual([[undefined]]);
  });

  it('goes by the address where no page listens yet', () => {
    isOpen = false;
    click(en.menu.add);
    contents.isLoading.mockReturnValueOnce(true);
    isOpen = true;
    click(en.menu.settings);
    isOpen = false;
    click(en.menu.refresh);
    expect(show.mock.calls).toEqual([['#/add'], ['#/settings'], [undefined]]);
    expect(contents.send).not.toHaveBeenCalled();
  });

  it('locks whether a page hears it or not', () => {
    isOpen = false;
    click(en.menu.lock);
    expect(console.executed).toEqual([{ command: 'shield.lock', input: {} }]);
  });

  it('copies diagnostics, or shows the lock that keeps them', async () => {
    click(en.menu.diagnostics);
    await vi.waitFor(async () => expect(await clipboard.readText()).toBe('all about it'));
    isRefused = true;
    click(en.menu.diagnostics);
    await vi.waitFor(() => expect(show).toHaveBeenCalledOnce());
  });

  it('goes to the button that copies diagnostics where the desktop takes no copy without the focus', async () => {
    hasFocus = false;
    app.commandLine.getSwitchValue.mockReturnValue('wayland');
    setUp();
    app.commandLine.getSwitchValue.mockReturnValue('');
    click(en.menu.diagnostics);
    await vi.waitFor(() => expect(show.mock.calls).toEqual([['#/settings?part=about']]));
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('shows logs, licences, WeChat’s documentation and the box about the app', () => {
    click(en.menu.logs);
    click(en.menu.licences);
    click(en.menu.documentation);
    click(en.menu.about);
    click(en.menu.quit);
    expect(open.mock.calls).toEqual([['logs'], ['licences']]);
    expect(shell.openExternal.mock.calls).toEqual([
      [expect.stringMatching(/^https:\/\/developers\.weixin\.qq\.com\//)],
    ]);
    expect(app.setAboutPanelOptions.mock.calls).toEqual([
      [expect.objectContaining({ applicationName: 'WeChat Token Console', applicationVersion: '1.2.3' })],
    ]);
    expect(app.showAboutPanel).toHaveBeenCalledOnce();
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('is set anew when the language or the lock changes, and only then', () => {
    const times = () => Menu.setApplicationMenu.mock.calls.length;
    expect(times()).toBe(1);
    console.announce(preferred({ language: 'en', theme: 'dark' }));
    const shield = { isLocked: false, hasPassphrase: true, system: false, until: null };
    expect(times()).toBe(1);
    console.announce({ type: 'shield-changed', shield });
    console.announce({ type: 'shield-changed', shield: { ...shield, until: 5 } });
    expect(times()).toBe(2);
    console.announce(preferred({ language: 'zh' }));
    expect(times()).toBe(3);
    expect(template().map(({ label }) => label)).toContain('复制诊断信息');
  });
});

it('the language is the system’s until the preference says another', () => {
  resetElectron();
  app.getPreferredSystemLanguages.mockReturnValue(['zh-Hans-CN', 'en']);
  const wording = createWording();
  expect(wording.words()).toBe(zh);
  const listener = vi.fn();
  wording.changed(listener);
  const console = fakeConsole(undefined, stateWith([], { language: 'system' }));
  wording.follow(console);
  expect(listener).not.toHaveBeenCalled();
  console.announce(preferred({ language: 'en' }));
  expect([wording.words(), listener.mock.calls.length]).toEqual([en, 1]);
  app.getPreferredSystemLanguages.mockReturnValue(['en-GB']);
});
