/** The built desktop app, run on the stand-in for Electron: its life beside the window. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHROMIUM } from '../../scripts/system-packages.ts';
import type { Machine, Recorded } from '../support/electron-stand-in/calls.ts';
import { BROWSER_ARGS, type StandIn, startStandIn } from '../support/electron-stand-in/host.ts';

let browser: Browser;
let page: Page;
let folder: string;
const running: StandIn[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
});
afterAll(() => browser.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-life-'));
  page = await (await browser.newContext({ permissions: [] })).newPage();
});
afterEach(async () => {
  for (const app of running.splice(0)) await app.kill();
  await page.context().close();
  rmSync(folder, { recursive: true, force: true });
});

/** A desktop whose bus answers, whatever asks it, that somebody shows trays, or that nobody does. */
function desktop(hasTray: boolean): Record<string, string> {
  const gdbus = join(folder, 'gdbus');
  writeFileSync(gdbus, `#!/bin/sh\necho "(${hasTray},)"\n`);
  chmodSync(gdbus, 0o755);
  return { PATH: `${folder}:${process.env.PATH}`, XDG_CONFIG_HOME: join(folder, 'config') };
}

function start(args: readonly string[], hasTray = true, machine: Partial<Machine> = {}): StandIn {
  const app = startStandIn({
    page,
    args,
    env: desktop(hasTray),
    machine: { languages: ['en-GB'], messageBox: null, ...machine },
  });
  running.push(app);
  return app;
}

const real = () => ['--data-dir', join(folder, 'data'), '--vault', 'memory'];

async function until(app: StandIn, check: (all: Recorded) => void): Promise<void> {
  await vi.waitFor(async () => check(await app.record()), { timeout: 10_000, interval: 50 });
}

const labels = (all: Recorded) => all.trays[0]?.menu?.map(({ label }) => label) ?? [];

describe('in the background', () => {
  it('closing the window hides it, says so once, and the tray brings it back', async () => {
    const app = start(['--demo']);
    await app.window(0);
    await until(app, (all) => expect(labels(all).length).toBeGreaterThan(5));
    await app.handleWindow('close');
    await until(app, ({ windows, notifications }) => {
      expect(windows[0]).toMatchObject({ isVisible: false, isDestroyed: false });
      expect(notifications.map(({ title }) => title)).toContain('The console is still running');
    });
    await app.choose('tray', 'Show the console');
    await until(app, ({ windows }) => expect(windows[0]?.isVisible).toBe(true));
    await app.handleWindow('close');
    await until(app, ({ windows, notifications }) => {
      expect(windows[0]?.isVisible).toBe(false);
      const told = notifications.filter(({ title }) => title === 'The console is still running');
      expect(told).toHaveLength(1);
    });
    const { record } = await app.quit();
    expect(record?.trays[0]?.isDestroyed).toBe(false);
  });

  it('where nobody shows trays, it is minimised and never hidden', async () => {
    const app = start(['--demo'], false);
    await app.window(0);
    await app.handleWindow('close');
    await until(app, ({ windows }) =>
      expect(windows[0]).toMatchObject({ isMinimized: true, isDestroyed: false }),
    );
    await app.quit();
  });

  it('started at login it shows no window until it is launched again', async () => {
    const app = start([...real(), '--autostart']);
    await until(app, (all) => expect(labels(all)).toContain('Show the console'));
    expect((await app.record()).windows).toEqual([]);
    await app.emit('app', 'second-instance', ['app', '--autostart'], '/');
    expect((await app.record()).windows).toEqual([]);
    await app.emit('app', 'second-instance', ['app'], '/');
    await app.window(0);
    await app.quit();
  });
});

describe('the tray of the demo', () => {
  it('has the accounts with those in trouble first, and opens one in the page', async () => {
    const app = start(['--demo']);
    const shown = await app.window(0);
    await until(app, ({ trays }) => expect(trays[0]?.toolTip).toMatch(/need/));
    const all = await app.record();
    expect(all.trays[0]?.image).toMatch(/tray-attention\.png$/);
    const [first] = all.trays[0]?.menu?.filter(({ submenu }) => submenu.length > 0) ?? [];
    expect(first?.label).toMatch(/ · (Waiting for|Refused|IP not|AppSecret)/);
    await app.choose('tray', first?.label ?? '', 'Open');
    await vi.waitFor(() => expect(shown.url()).toMatch(/#\/account\/wx/));
    const changes = all.trays[0]?.changes ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(((await app.record()).trays[0]?.changes ?? 0) - changes).toBeLessThanOrEqual(3);
    await app.quit();
  });

  it('copies a token that leaves the clipboard when the app quits', async () => {
    const app = start(['--demo']);
    await app.window(0);
    await until(app, (all) => expect(labels(all).some((label) => / · \d/.test(label))).toBe(true));
    const all = await app.record();
    const live = labels(all).find((label) => / · \d/.test(label)) ?? '';
    await app.choose('tray', live, 'Copy token');
    await until(app, ({ clipboard }) => {
      expect(clipboard.text.length).toBeGreaterThan(20);
      expect(clipboard.formats.join()).toContain('x-kde-passwordManagerHint');
    });
    const { record } = await app.quit();
    expect(record?.clipboard.text).toBe('');
  });

  it('and the notices of so many accounts in trouble are one', async () => {
    const app = start(['--demo']);
    await app.window(0);
    await until(app, ({ notifications }) => expect(notifications.length).toBeGreaterThan(0));
    const { notifications } = await app.record();
    expect(notifications.length).toBeLessThanOrEqual(3);
    const { record } = await app.quit();
    expect(record?.notifications.length).toBeLessThanOrEqual(4);
  });
});

describe('the menu', () => {
  it('asks the page, is in the language that is chosen there, and shows the logs', async () => {
    const app = start(real());
    const shown = await app.window(0);
    await shown.getByRole('heading', { level: 1 }).first().waitFor();
    await app.choose('application', 'File', 'Settings…');
    await vi.waitFor(() => expect(shown.url()).toMatch(/#\/settings$/));
    await shown.evaluate(`window.tokenConsole.commands['preferences.set']({ changes: { language: 'zh' } })`);
    await until(app, ({ applicationMenu }) => expect(applicationMenu?.[0]?.label).toBe('文件'));
    await app.choose('application', '帮助', '显示日志');
    await until(app, ({ opened }) =>
      expect(opened.map(({ what }) => what)).toContain(join(folder, 'data', 'logs')),
    );
    expect(existsSync(join(folder, 'data', 'logs', 'console.log'))).toBe(true);
    await app.quit();
  });

  it('copies diagnostics without a secret, and locks', async () => {
    const app = start(real());
    const shown = await app.window(0);
    await shown.getByRole('heading', { level: 1 }).first().waitFor();
    await app.choose('application', 'Help', 'Copy Diagnostics');
    await until(app, ({ clipboard }) => expect(clipboard.text).toMatch(/^WeChat Token Console /));
    await shown.evaluate(
      `window.tokenConsole.commands['shield.setPassphrase']({ current: null, next: 'a good long passphrase' })`,
    );
    await until(app, ({ applicationMenu }) => {
      const [file] = applicationMenu ?? [];
      expect(file?.submenu.find(({ label }) => label === 'Lock Now')?.enabled).toBe(true);
    });
    await app.choose('application', 'File', 'Lock Now');
    await until(app, (all) => expect(labels(all)[0]).toBe('The console is locked'));
    await app.quit();
  });
});

it('starts at login once that is chosen, and not after', async () => {
  const app = start(real());
  const shown = await app.window(0);
  await shown.getByRole('heading', { level: 1 }).first().waitFor();
  const entry = join(folder, 'config', 'autostart', 'wechat-token-console.desktop');
  const choose = (startAtLogin: boolean) =>
    shown.evaluate(
      `window.tokenConsole.commands['preferences.set']({ changes: { startAtLogin: ${startAtLogin} } })`,
    );
  await until(app, (all) => expect(all.trays).toHaveLength(1)); // what can wait has started
  await choose(true);
  await vi.waitFor(() => expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.* --autostart$/m));
  await choose(false);
  await vi.waitFor(() => expect(existsSync(entry)).toBe(false));
  await app.quit();
});
