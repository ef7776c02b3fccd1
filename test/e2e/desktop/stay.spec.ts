/** What has to last: keychain, clipboard, restarts, lock, language, export and import, the way out. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../../real-electron/app.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { startTlsWechat } from '../../support/tls-wechat.ts';
import { APP_ID, expect, SECRET, test } from './fixtures.ts';

const MEMORY = ['--vault', 'memory'];
const PASSPHRASE = 'a good long passphrase';

/** The files below a folder that hold one of the texts. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return paths.filter((path) => texts.some((text) => readFileSync(path).includes(text)));
}

test('the AppSecret lies in the keyring and nowhere else; a restart and a kill cost no call and no token', async ({
  tester,
}) => {
  const { desktop, sandbox, folder } = tester;
  const first = await tester.start();
  await first.page();
  await tester.addAccount(first);
  const stored = desktop.run(
    'secret-tool',
    'lookup',
    'service',
    'wechat-token-console',
    'account',
    `${APP_ID}/secret`,
  );
  expect(stored).toContain(SECRET);
  const { accessToken } = await first.run('tokens.reveal', { appId: APP_ID });
  expect(filesWith(folder, [SECRET, accessToken])).toEqual([]);
  expect(first.said).not.toContain(SECRET);
  const calls = sandbox.world.calls().length;
  first.kill();
  await first.exited;
  for (const end of ['kill', 'stop'] as const) {
    const next = await tester.start();
    await next.page();
    await expect.poll(async () => (await next.run('state.get', {})).accounts[0]?.phase).toBe('live');
    expect((await next.run('tokens.reveal', { appId: APP_ID })).accessToken).toBe(accessToken);
    if (end === 'kill') next.kill();
    else await next.stop();
    await next.exited;
  }
  expect(sandbox.world.calls()).toHaveLength(calls);
});

test('a copied token is on the clipboard and gone in time; what somebody else copied stays', async ({
  tester,
}) => {
  test.setTimeout(60_000);
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  await tester.addAccount(app);
  await app.run('preferences.set', { changes: { clipboardSeconds: 10 } });
  await app.open(`#/account/${APP_ID}`);
  await page.getByRole('button', { name: '复制令牌' }).focus();
  await tester.press(app, 'Return');
  await expect(page.getByText(/已复制，\d+ 秒后清除/)).toBeVisible();
  const { accessToken } = await app.run('tokens.reveal', { appId: APP_ID });
  expect(tester.clipboard()).toBe(accessToken);
  await expect.poll(() => tester.clipboard(), { timeout: 12_000 }).not.toBe(accessToken);
  await app.run('tokens.copy', { appId: APP_ID });
  expect(tester.clipboard()).toBe(accessToken);
  tester.copyElsewhere('mine');
  await page.waitForTimeout(11_000);
  expect(tester.clipboard()).toBe('mine');
});

test('the menu’s keys reach the page; language and theme hold over a restart, in the menu as well', async ({
  tester,
}) => {
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  await tester.press(app, 'ctrl+n');
  await expect(page.getByRole('heading', { name: '添加账号' })).toBeVisible();
  await tester.press(app, 'ctrl+comma');
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  const birth = () => page.evaluate(() => performance.timeOrigin).catch(() => null);
  const before = await birth();
  await tester.press(app, 'F5');
  await expect.poll(birth).not.toBe(before);
  const menu = () => app.read(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
  expect(await menu()).toContain('文件');
  await app.run('preferences.set', { changes: { language: 'en', theme: 'dark', startAtLogin: true } });
  await expect.poll(menu).toContain('File');
  const entry = join(tester.desktop.env.XDG_CONFIG_HOME ?? '', 'autostart', 'wechat-token-console.desktop');
  await expect
    .poll(() => existsSync(entry) && readFileSync(entry, 'utf8'))
    .toMatch(/^Exec=.* "--autostart"$|--autostart$/m);
  await app.run('preferences.set', { changes: { startAtLogin: false } });
  await expect.poll(() => existsSync(entry)).toBe(false);
  await app.stop();

  const again = await tester.start({ args: MEMORY });
  const shown = await again.page();
  await expect(shown.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(shown.getByRole('heading', { level: 1 }).first()).toContainText(/[A-Z]/);
  expect(await again.read(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label)).toBe('File');
});

test('the lock hides everything, over a restart too', async ({ tester }) => {
  const app = await tester.start();
  const page = await app.page();
  await tester.addAccount(app);
  await app.run('shield.setPassphrase', { current: null, next: PASSPHRASE });
  await app.run('shield.lock', {});
  await expect(page.getByRole('heading', { level: 1, name: '控制台已锁定' })).toBeVisible();
  expect(await app.ask('tokens.reveal', { appId: APP_ID })).toMatchObject({
    ok: false,
    error: { code: 'app-locked' },
  });
  await expect
    .poll(async () => (await tester.desktop.menu()).items.map(([, , label]) => label))
    .not.toContain('商城');
  await app.stop();
  const again = await tester.start();
  const locked = await again.page();
  await expect(locked.getByRole('heading', { level: 1, name: '控制台已锁定' })).toBeVisible();
  await locked.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await locked.keyboard.press('Enter');
  await expect(locked.getByText('商城').first()).toBeVisible();
});

test('accounts go to another machine by the system’s dialog, sealed, and only by the passphrase', async ({
  tester,
}) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  await tester.addAccount(app);
  const file = join(tester.folder, 'moved.json');
  const exporting = app.run('accounts.export', { passphrase: PASSPHRASE });
  await expect.poll(() => tester.titles(), { timeout: 15_000 }).toHaveLength(2); // sealing takes its time
  // GTK's dialog takes a typed path as it stands.
  tester.desktop.run('xdotool', 'key', 'ctrl+a');
  tester.desktop.run('xdotool', 'type', file);
  tester.desktop.run('xdotool', 'key', 'Return');
  expect(await exporting).toEqual({ path: file, accounts: 1 });
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(SECRET);
  await app.stop();

  const elsewhere = freshFolder();
  const other = await tester.start({ args: [...MEMORY, '--data-dir', elsewhere.path] });
  await other.page();
  const wrong = await other.ask('accounts.import', { text, passphrase: 'another long passphrase' });
  expect(wrong).toMatchObject({ ok: false });
  expect((await other.run('state.get', {})).accounts).toEqual([]);
  await other.run('accounts.import', { text, passphrase: PASSPHRASE });
  const imported = async () => (await other.run('state.get', {})).accounts[0];
  expect(await imported()).toMatchObject({ phase: 'paused', secret: 'session-only' });
  await other.run('accounts.update', { appId: APP_ID, changes: { paused: false } });
  await expect.poll(async () => (await imported())?.phase).toBe('live');
  await other.close();
  elsewhere.remove();
});

test('a proxy that wants a sign-in is told as the proxy’s, and with the right password it is the way out', async ({
  tester,
}) => {
  const wechat = await startTlsWechat(['api.weixin.qq.com', 'api2.weixin.qq.com', 'sh.api.weixin.qq.com']);
  wechat.answer = () => JSON.stringify({ access_token: `T_${'x'.repeat(120)}`, expires_in: 7200 });
  const proxy = await startConnectProxy(wechat.port, 'li:geheim');
  const app = await tester.start({ args: ['--ignore-certificate-errors', ...MEMORY] });
  const page = await app.page();
  const attempt = async () => (await app.run('state.get', {})).accounts[0]?.lastAttempt?.errmsg;
  const settings = (username: string | null) => ({ mode: 'manual', url: proxy.url, username }) as const;
  for (const [username, password] of [
    [null, undefined],
    ['li', 'wrong'],
  ] as const) {
    const asked = { settings: settings(username), ...(password && { password }) };
    const { results } = await app.run('network.test', asked);
    expect(results.map(({ reason }) => reason)).toEqual(results.map(() => 'proxy'));
  }
  await app.run('network.setProxy', { settings: settings(null) });
  const { apiBase: _sandbox, ...account } = tester.account;
  await app.run('accounts.add', account);
  await expect.poll(attempt).toBe('proxy: HTTP 407');
  await app.open(`#/account/${APP_ID}`);
  await expect(page.getByText(/代理/).first()).toBeVisible();
  await app.run('network.setProxy', { settings: settings('li'), password: 'geheim' });
  await app.run('tokens.refresh', { appId: APP_ID });
  await expect.poll(async () => (await app.run('state.get', {})).accounts[0]?.phase).toBe('live');
  expect(proxy.seen.at(-1)).toEqual({ target: 'api.weixin.qq.com:443', as: 'li:geheim' });
  await app.stop();
  await proxy.close();
  await wechat.close();
});
