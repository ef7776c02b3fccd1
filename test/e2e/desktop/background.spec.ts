/** Life without a window: closing, tray, notices, starts at login and second starts, and desktops that have less. */
import { APP_ID, expect, test } from './fixtures.ts';

const ENDED = { code: 0, signal: null };
const MEMORY = ['--vault', 'memory'];
const HIDDEN = { isVisible: false };
const SHOWN = { isVisible: true, isMinimized: false };

test('closing hides the window and says so once; a second start, a login’s and the tray know the way back', async ({
  tester,
}) => {
  const { desktop } = tester;
  const app = await tester.start({ args: MEMORY });
  await app.page();
  await expect.poll(() => desktop.seen.some(({ what }) => what === 'tray')).toBe(true);
  const said = () => tester.notices().filter(({ summary }) => summary === '控制台仍在运行').length;
  await app.act('close');
  await expect.poll(() => app.window()).toMatchObject(HIDDEN);
  await expect.poll(said).toBe(1);
  expect(await tester.startPlain({ args: [...MEMORY, '--autostart'] }).exited).toEqual(ENDED);
  expect(await app.window()).toMatchObject(HIDDEN);
  expect(await tester.startPlain({ args: MEMORY }).exited).toEqual(ENDED);
  await expect.poll(() => app.window()).toMatchObject({ ...SHOWN, isFocused: true });
  await app.act('close');
  await expect.poll(() => app.window()).toMatchObject(HIDDEN);
  await desktop.tell('activate');
  await expect.poll(() => app.window()).toMatchObject(SHOWN);
  await app.act('minimize');
  await expect.poll(() => app.window()).toMatchObject({ isMinimized: true });
  await tester.chooseInTray('显示控制台');
  await expect.poll(() => app.window()).toMatchObject(SHOWN);
  expect(said()).toBe(1);
});

test('where nobody shows trays, closing minimises, and a start at login is minimised and takes no focus', async ({
  tester,
}) => {
  const { desktop } = tester;
  await desktop.tell('trays off');
  try {
    const app = await tester.start({ args: MEMORY });
    await app.page();
    await app.act('close');
    await expect.poll(() => app.window()).toMatchObject({ isMinimized: true });
    await expect.poll(() => tester.notices().at(-1)?.body).toContain('这个桌面没有托盘');
    await app.stop();
    const atLogin = await tester.start({ args: [...MEMORY, '--autostart'] });
    await expect.poll(() => atLogin.window()).toMatchObject({ isMinimized: true, isFocused: false });
    expect(await tester.startPlain({ args: MEMORY }).exited).toEqual(ENDED);
    await expect.poll(() => atLogin.window()).toMatchObject({ ...SHOWN, isFocused: true });
  } finally {
    await desktop.tell('trays on');
  }
});

test('started at login it has a tray and no window; the tray refreshes after a question, and copies', async ({
  tester,
}) => {
  const { desktop, sandbox } = tester;
  const first = await tester.start();
  await first.page();
  await tester.addAccount(first);
  await first.stop();
  const trays = () => desktop.seen.filter(({ what }) => what === 'tray').length;
  const before = trays();
  const app = await tester.start({ args: ['--autostart'] });
  await expect.poll(trays).toBe(before + 1);
  expect(await app.windows()).toEqual([]);
  const { items, tooltip } = await desktop.menu();
  expect(items.some(([, , label]) => label.startsWith('商城 · '))).toBe(true);
  expect(tooltip).toContain('微信令牌控制台');

  const calls = () => sandbox.world.calls(APP_ID).filter(({ path }) => path.endsWith('token')).length;
  const asked = calls();
  const title = async () => expect.poll(() => tester.titles().length).toBe(1);
  await tester.chooseInTray('商城', '刷新…');
  await title();
  desktop.run('xdotool', 'key', 'Escape');
  await expect.poll(() => tester.titles()).toEqual([]);
  expect(calls()).toBe(asked);
  await tester.chooseInTray('商城', '刷新…');
  await title();
  const pressed = Date.now();
  desktop.run('xdotool', 'key', 'Tab');
  desktop.run('xdotool', 'key', 'Return');
  await expect.poll(calls).toBe(asked + 1);
  expect(Date.now() - pressed).toBeLessThan(3000); // without a window an answer may lie unheard for half a minute

  await tester.chooseInTray('商城', '复制令牌');
  await expect.poll(() => tester.clipboard()).toMatch(/_sandbox_/);
});

test('an account that needs its administrator is notified of once; a click opens it', async ({ tester }) => {
  const { desktop, sandbox } = tester;
  sandbox.world.change(APP_ID, { whitelist: [] });
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  await app.run('accounts.add', tester.account);
  const about = () => tester.notices().filter(({ summary }) => summary === '商城：IP 不在白名单');
  await expect.poll(() => about().length).toBe(1);
  expect(about()[0]?.body).toContain('203.0.113.7');
  await app.act('hide');
  await desktop.tell(`click ${about()[0]?.id}`);
  await expect(page.getByRole('heading', { level: 1, name: '商城' })).toBeVisible();
  await expect.poll(() => app.window()).toMatchObject(SHOWN);
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await page.waitForTimeout(500);
  expect(about()).toHaveLength(1);
});

test('a window that was left on a screen that is gone comes up on one that is there', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  const middle = () =>
    app.read(({ BrowserWindow, screen }) => {
      const bounds = BrowserWindow.getAllWindows()[0]?.getBounds();
      const area = screen.getPrimaryDisplay().workArea;
      return bounds && bounds.x < area.width - 50 && bounds.y < area.height - 50;
    });
  await app.act('hide');
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setPosition(5000, 4000);
  });
  await tester.chooseInTray('显示控制台');
  await expect.poll(middle).toBe(true);
});
