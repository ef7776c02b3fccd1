/**
 * The built desktop app as it is on macOS and Windows, on the stand-in for Electron: what no machine of the tests can
 * show on a real one. What Linux shows is in test/e2e/desktop/.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHROMIUM } from '../../scripts/system-packages.ts';
import type { Machine, Recorded } from '../support/electron-stand-in/calls.ts';
import { BROWSER_ARGS, type StandIn, startStandIn } from '../support/electron-stand-in/host.ts';

const hasChromium = existsSync(CHROMIUM);
const STAYS = { darwin: /Dock/, win32: /tray/i } as const;

let browser: Browser;
let page: Page;
let folder: string;
const running: StandIn[] = [];

beforeAll(async () => {
  if (hasChromium) browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  if (!hasChromium) return;
  folder = mkdtempSync(join(tmpdir(), 'desktop-platforms-'));
  page = await (await browser.newContext({ permissions: [] })).newPage();
});
afterEach(async () => {
  if (!hasChromium) return;
  for (const app of running.splice(0)) await app.kill();
  await page.context().close();
  rmSync(folder, { recursive: true, force: true });
});

function start(machine: Partial<Machine>, args: readonly string[] = ['--demo']): StandIn {
  const all = { languages: ['en-GB'], messageBox: null, ...machine };
  // On these systems nobody may ask the session bus of Linux for a tray.
  const app = startStandIn({ page, args, machine: all, showsTrays: false });
  running.push(app);
  return app;
}

async function until(app: StandIn, check: (all: Recorded) => void): Promise<void> {
  await vi.waitFor(async () => check(await app.record()), { timeout: 10_000, interval: 50 });
}

const labels = (all: Recorded) => all.trays[0]?.menu?.map(({ label }) => label) ?? [];
const real = () => ['--data-dir', join(folder, 'data'), '--vault', 'memory'];
const command = (name: string, input: object) =>
  page.evaluate(`window.tokenConsole.commands['${name}'](${JSON.stringify(input)})`);

async function copyFromTray(app: StandIn): Promise<Recorded> {
  // The demo's accounts come and change one by one: a line may be another one by the time it is chosen.
  const copied = async () => {
    const live = labels(await app.record()).find((label) => / · \d/.test(label));
    if (live === undefined) throw new Error('no account is live yet');
    await app.choose('tray', live, 'Copy token');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await app.record()).clipboard.text.length).toBeGreaterThan(20);
  };
  await vi.waitFor(copied, { timeout: 15_000, interval: 100 });
  return app.record();
}

describe.skipIf(!hasChromium).each(['darwin', 'win32'] as const)('on %s', (platform) => {
  it('closing hides the window and says where it went; a copied token is marked and goes when the app quits', async () => {
    const app = start({ platform });
    await app.window(0);
    await until(app, (all) => expect(labels(all).length).toBeGreaterThan(5));
    await app.handleWindow('close');
    await until(app, ({ windows, notifications }) => {
      expect(windows[0]).toMatchObject({ isVisible: false, isDestroyed: false });
      const stays = notifications.find(({ title }) => title === 'The console is still running');
      expect(stays?.body).toMatch(STAYS[platform]);
    });
    if (platform === 'darwin') await app.emit('app', 'activate');
    else await app.emit('tray:0', 'click');
    await until(app, ({ windows }) => expect(windows[0]?.isVisible).toBe(true));
    const { clipboard, trays } = await copyFromTray(app);
    expect(clipboard.formats.join()).toMatch(
      platform === 'darwin'
        ? /org\.nspasteboard\.ConcealedType/
        : /ExcludeClipboardContentFromMonitorProcessing/,
    );
    expect(trays[0]?.image).toMatch(platform === 'darwin' ? /trayTemplate\.png$/ : /tray-attention\.png$/);
    const { code, record } = await app.quit();
    expect([code, record?.clipboard.text, record?.faults]).toEqual([0, '', []]);
  });

  it('it is kept out of screenshots, starts at login, and has the menu of its system in the language that is chosen', async () => {
    const app = start({ platform }, real());
    await app.window(0);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await until(app, (all) => expect(all.trays).toHaveLength(1)); // what can wait has started
    await command('preferences.set', { changes: { screenProtection: true, startAtLogin: true } });
    await until(app, ({ windows, loginItem }) => {
      expect(windows[0]?.isContentProtected).toBe(true);
      expect(loginItem).toMatchObject({ openAtLogin: true });
      const { args = [] } = loginItem as { args?: string[] };
      expect(args.includes('--autostart')).toBe(platform === 'win32'); // macOS tells by itself
    });
    const tops = async () => (await app.record()).applicationMenu?.map(({ label }) => label) ?? [];
    expect((await tops())[0]).toBe(platform === 'darwin' ? 'WeChat Token Console' : 'File');
    await command('preferences.set', { changes: { language: 'zh' } });
    await vi.waitFor(async () => expect(await tops()).toContain('文件'));
    await app.press(platform === 'darwin' ? 'Cmd+,' : 'Ctrl+,');
    await vi.waitFor(() => expect(page.url()).toMatch(/#\/settings/));
    await app.quit();
  });

  it('started at login it opens no window until somebody asks', async () => {
    const args = platform === 'win32' ? [...real(), '--autostart'] : real();
    const app = start({ platform, openedAtLogin: platform === 'darwin' }, args);
    await until(app, (all) => expect(labels(all)).toContain('Show the console'));
    expect((await app.record()).windows).toEqual([]);
    await app.emit('app', 'second-instance', ['app'], '/');
    await app.window(0);
    await app.quit();
  });
});

it.skipIf(!hasChromium)('on macOS a locked app opens by Touch ID', async () => {
  const app = start({ platform: 'darwin', touchId: 'accepts' }, real());
  await app.window(0);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await command('shield.setPassphrase', { current: null, next: 'a good long passphrase' });
  await command('shield.lock', {});
  await expect(command('shield.unlock', { passphrase: null })).resolves.toMatchObject({ ok: true });
  await app.quit();
});
