/** What only the desktop has, driven as a system would: tray, notices, menu and keys, clipboard, background. */
import { APP_ID, type Desk, expect, test } from './fixtures.ts';

function appOf({ standIn }: Desk) {
  if (standIn === null) throw new Error('these specs run on the stand-in only');
  return standIn;
}

const labels = (items: readonly { readonly label: string }[] | null | undefined) =>
  (items ?? []).map(({ label }) => label);

test('the tray says how things are, copies a token, and shows and ends the app', async ({ desk }) => {
  const app = appOf(desk);
  await desk.add();
  await expect.poll(async () => (await desk.run('state.get', {})).accounts[0]?.phase).toBe('live');
  const { accessToken } = await desk.run('tokens.reveal', { appId: APP_ID });
  const tray = async () => (await app.record()).trays;
  await expect.poll(async () => labels((await tray())[0]?.menu).join()).toContain('商城');
  expect(await tray()).toHaveLength(1);
  expect((await tray())[0]?.image).toMatch(/tray-ok\.png$/);
  // The menu may be drawn anew between looking and choosing.
  await expect(async () => {
    const line = labels((await tray())[0]?.menu).find((label) => label.includes('商城')) ?? '';
    await app.choose('tray', line, '复制令牌');
  }).toPass({ timeout: 5000 });
  await expect.poll(async () => (await app.record()).clipboard.text).toBe(accessToken);
  await app.handleWindow('minimize');
  await app.choose('tray', '显示控制台');
  expect((await app.record()).windows).toMatchObject([{ isVisible: true, isMinimized: false }]);
  await app.choose('tray', '退出');
  const { code, record } = await app.exited;
  expect(code).toBe(0);
  expect(record?.clipboard.text).toBe('');
});

test('closing the window hides it, says so once, and the tray and a second start bring it back', async ({
  desk,
}) => {
  const app = appOf(desk);
  await desk.run('preferences.set', { changes: { keepRunning: true } });
  const seen = async () => (await app.record()).windows[0]?.isVisible;
  const said = async () => (await app.record()).notifications.length;
  await app.handleWindow('close');
  await expect.poll(seen).toBe(false);
  await expect.poll(said).toBe(1);
  await app.emit('app', 'second-instance', [], '/');
  await expect.poll(seen).toBe(true);
  await app.handleWindow('close');
  await expect.poll(seen).toBe(false);
  expect(await said()).toBe(1);
  expect((await app.record()).life).toEqual(['ready']);
});

test('an account that needs its administrator is notified of once; a click opens it', async ({ desk }) => {
  const app = appOf(desk);
  desk.sandbox.world.change(APP_ID, { whitelist: [] });
  await desk.add();
  const notices = async () => (await app.record()).notifications;
  await expect.poll(async () => (await notices()).length).toBe(1);
  expect((await notices())[0]?.body).toContain('203.0.113.7');
  await app.emit('notification:0', 'click');
  await expect(desk.page.getByRole('heading', { level: 1, name: '商城' })).toBeVisible();
  await app.emit('powerMonitor', 'resume');
  await expect(desk.page.getByText('把这台机器的 IP 加入白名单')).toBeVisible();
  expect(await notices()).toHaveLength(1);
});

test('the menu’s keys reach the page', async ({ desk }) => {
  const app = appOf(desk);
  await app.press('Ctrl+N');
  await expect(desk.page.getByRole('heading', { name: '添加账号' })).toBeVisible();
  await app.press('Ctrl+,');
  await expect(desk.page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
});
