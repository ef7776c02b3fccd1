import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followLogin, type LoginList, loginList, startedAtLogin } from '../../../electron/desktop/login.ts';
import { preferred, stateWith } from '../../support/desktop-accounts.ts';
import { electron, loginItem, resetElectron } from '../../support/electron-mock.ts';
import { fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let folder: string;

beforeEach(() => {
  resetElectron();
  electron.app.isPackaged = true;
  log.error.mockReset();
  folder = mkdtempSync(join(tmpdir(), 'login-'));
});

afterEach(() => {
  electron.app.isPackaged = false;
  rmSync(folder, { recursive: true });
});

describe('on Linux', () => {
  const file = () => join(folder, 'autostart', 'wechat-token-console.desktop');
  const list = (env: Record<string, string> = {}) => loginList('linux', { XDG_CONFIG_HOME: folder, ...env });
  const execOf = () => /^Exec=(.*)$/m.exec(readFileSync(file(), 'utf8'))?.[1];

  it('an entry is written and removed', () => {
    expect(list().has()).toBe(false);
    list().set(true);
    expect(list().has()).toBe(true);
    expect(readFileSync(file(), 'utf8')).toBe(
      `[Desktop Entry]\nType=Application\nName=WeChat Token Console\nName[zh_CN]=微信令牌控制台\nExec="${process.execPath}" --autostart\nTerminal=false\nX-GNOME-Autostart-enabled=true\n`,
    );
    list().set(false);
    list().set(false);
    expect(existsSync(file())).toBe(false);
  });

  it('an AppImage starts from its own file, and the app from source with its folder', () => {
    list({ APPIMAGE: '/home/me/My "Apps"/100% $console.AppImage' }).set(true);
    expect(execOf()).toBe(String.raw`"/home/me/My \\"Apps\\"/100%% \\$console.AppImage" --autostart`);
    electron.app.isPackaged = false;
    list().set(true);
    expect(execOf()).toBe(`"${process.execPath}" "/source of/the app" --autostart`);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('an entry with %s is switched off', (line) => {
    mkdirSync(join(folder, 'autostart'));
    writeFileSync(file(), `[Desktop Entry]\n${line}\n`);
    expect(list().has()).toBe(false);
  });
});

describe('on macOS and Windows', () => {
  it('the system’s own list is used, on Windows with a mark that tells a start at login', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const list = loginList(platform, {});
      app.getLoginItemSettings.mockReturnValueOnce(loginItem(true));
      expect(list.has()).toBe(true);
      list.set(true);
    }
    const args = ['--autostart'];
    expect(app.getLoginItemSettings.mock.calls).toEqual([[{}], [{ args }]]);
    expect(app.setLoginItemSettings.mock.calls).toEqual([
      [{ openAtLogin: true }],
      [{ openAtLogin: true, args }],
    ]);
  });

  it('from source its folder is quoted', () => {
    electron.app.isPackaged = false;
    loginList('win32', {}).set(true);
    expect(app.setLoginItemSettings.mock.lastCall?.[0].args).toEqual(['"/source of/the app"', '--autostart']);
  });
});

describe('the preference', () => {
  function begin(startAtLogin: boolean, isThere: boolean) {
    const list = { has: vi.fn(() => isThere), set: vi.fn() } satisfies LoginList;
    const console = fakeConsole(undefined, stateWith([], { startAtLogin }));
    followLogin(console, list, log);
    return { list, console };
  }

  it('goes onto the list and off it', () => {
    const { list, console } = begin(false, false);
    console.announce(preferred({ startAtLogin: true }));
    console.announce(preferred({ startAtLogin: true, theme: 'dark' }));
    console.announce(preferred({ startAtLogin: false }));
    expect(list.set.mock.calls).toEqual([[true], [false]]);
    expect(console.executed).toEqual([]);
  });

  it('renews the entry at a start, since the app may lie elsewhere now', () => {
    expect(begin(true, true).list.set.mock.calls).toEqual([[true]]);
    expect(begin(false, false).list.set).not.toHaveBeenCalled();
  });

  it.each([
    [true, false],
    [false, true],
  ])('follows what a person did by the system’s own means: %s -> %s', (preference, isThere) => {
    const { list, console } = begin(preference, isThere);
    expect(list.set).not.toHaveBeenCalled();
    expect(console.executed).toEqual([
      { command: 'preferences.set', input: { changes: { startAtLogin: isThere } } },
    ]);
  });

  it('that cannot be carried out is logged', () => {
    const { list, console } = begin(false, false);
    list.set.mockImplementationOnce(() => {
      throw new Error('EACCES');
    });
    console.announce(preferred({ startAtLogin: true }));
    expect(log.error).toHaveBeenCalledOnce();
  });
});

it('a start at login is told by its mark, on macOS by the system', () => {
  expect(startedAtLogin('linux', ['app', '--autostart'])).toBe(true);
  expect(startedAtLogin('linux', ['app', '--demo'])).toBe(false);
  app.getLoginItemSettings.mockReturnValueOnce(loginItem(true, true));
  expect(startedAtLogin('darwin', ['app'])).toBe(true);
  expect(startedAtLogin('darwin', ['app'])).toBe(false);
});
