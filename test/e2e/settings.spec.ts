import { APP_ID, type Desk, expect, SECRET, test } from './fixtures.ts';
import { expectToBeAccessible } from './looks.ts';

const PASSPHRASE = 'four words of no relation';
const preferences = (desk: Desk) => desk.run('state.get', {}).then((state) => state.preferences);
/** Loads the page again, and goes away and back. */
async function comeBack(desk: Desk): Promise<void> {
  await desk.page.reload();
  await desk.open('#/history');
  await expect(desk.page.getByRole('heading', { level: 1 })).toHaveText(/历史|History/);
  await desk.open('#/settings');
}

test('a setting holds at once, and after the page is loaded again', async ({ desk }) => {
  const { page } = desk;
  await desk.open('#/settings?part=clipboard');
  await expect(page.getByRole('heading', { name: '剪贴板', level: 2 })).toBeFocused();
  const seconds = page.getByLabel('复制的令牌多久后清除');
  await expect(seconds).toHaveValue('30');
  await seconds.selectOption('不清除');
  await expect.poll(async () => (await preferences(desk)).values.clipboardSeconds).toBe(null);
  await comeBack(desk);
  await expect(seconds).toHaveValue('null');
});

test('language and appearance change without loading the page again', async ({ desk }) => {
  const { page } = desk;
  await desk.open('#/settings');
  await page.evaluate(() => {
    (window as { isSamePage?: boolean }).isSamePage = true;
  });
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await page.evaluate(() => (window as { isSamePage?: boolean }).isSamePage)).toBe(true);
  await comeBack(desk);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('a proxy is tried before it is saved; its password goes in and not out', async ({ desk }) => {
  const { page } = desk;
  await desk.add();
  await desk.open('#/settings?part=network');
  await page.getByText('手动', { exact: true }).click();
  // Nothing listens there, so that no address of WeChat's can be reached by it.
  await page.getByLabel('代理地址').fill('http://127.0.0.1:1');
  await page.getByRole('button', { name: '测试连接' }).click();
  const addresses = page.getByRole('list', { name: '微信的接口地址' });
  await expect(addresses.getByText(/连不上：/).first()).toBeVisible({ timeout: 15_000 });
  await expect(addresses.getByRole('link', { name: '原因和办法' }).first()).toBeVisible();
  await expect(addresses.getByText('有账号在用')).toBeVisible();
  await expectToBeAccessible(page, 'settings');
  expect((await preferences(desk)).proxy.settings).toEqual({ mode: 'system' });

  await page.getByLabel('用户名').fill('office');
  await page.getByLabel('密码', { exact: true }).fill('words of the proxy');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  expect((await preferences(desk)).proxy).toEqual({
    settings: { mode: 'manual', url: 'http://127.0.0.1:1', username: 'office' },
    hasPassword: true,
  });
  expect(await page.content()).not.toContain('words of the proxy');
  await comeBack(desk);
  await expect(page.getByLabel('代理地址')).toHaveValue('http://127.0.0.1:1');
  await page.getByText('跟随系统', { exact: true }).last().click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect.poll(async () => (await preferences(desk)).proxy.hasPassword).toBe(false);
});

test('accounts go into a sealed file and come back out of it', async ({ desk, host }) => {
  test.skip(host !== 'headless', 'the desktop asks for a place in a dialog of the system');
  test.setTimeout(60_000);
  const { page } = desk;
  await desk.add();
  await desk.open('#/settings?part=transfer');
  await page.getByRole('button', { name: '导出…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: '包含 AppSecret' }).check();
  await dialog.getByLabel('文件的口令').fill(PASSPHRASE);
  await dialog.getByLabel('再填一次').fill(PASSPHRASE);
  await expectToBeAccessible(page, 'settings');
  await dialog.getByRole('button', { name: '导出' }).click();
  await expect(dialog.getByText('已写入 1 个账号：')).toBeVisible({ timeout: 20_000 });
  const path = (await dialog.locator('p.mono').textContent()) ?? '';
  await dialog.getByRole('button', { name: '完成' }).click();
  await desk.run('accounts.remove', { appId: APP_ID });

  const picker = page.locator('input[type=file]');
  await picker.setInputFiles(path);
  await dialog.getByLabel('文件的口令').fill('not these words');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/口令不对/)).toBeVisible({ timeout: 20_000 });
  await dialog.getByLabel('文件的口令').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('link', { name: '商城' })).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByText(/标准版的账号先暂停/)).toBeVisible();
  expect(await page.content()).not.toContain(SECRET);
  await dialog.getByRole('button', { name: '完成' }).click();
  const [account] = (await desk.run('state.get', {})).accounts;
  expect(account).toMatchObject({ appId: APP_ID, phase: 'paused' });

  const buffer = Buffer.from('x'.repeat(33 * 1024 * 1024));
  await picker.setInputFiles({ name: 'large.json', mimeType: 'application/json', buffer });
  await expect(page.getByText(/超过 32 MiB/)).toBeVisible();
});

test('single keys and their list, by keyboard alone', async ({ desk, host }) => {
  test.skip(host !== 'headless', 'the desktop has its native menu for them');
  const { page } = desk;
  await desk.add();
  await desk.add({ appId: 'wx00000000000000a2', name: '另一个' });
  await page.keyboard.press(',');
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeFocused();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: '键盘快捷键' });
  await expect(dialog).toBeVisible();
  await expectToBeAccessible(page, 'settings');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/#\/account\/wx/);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: '搜索名称或 AppID' })).toBeFocused();
  await page.keyboard.type('另');
  await expect(page.getByRole('navigation', { name: '账号' }).getByRole('link')).toHaveCount(1);
});

test('a locked app shows nothing but the lock, and comes back to where it was', async ({ desk, host }) => {
  test.skip(host === 'headless', 'only the app with a window has a lock');
  const { page } = desk;
  await desk.add();
  await desk.open('#/settings?part=lock');
  await page.getByRole('button', { name: '设置口令' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('再填一次').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await desk.open(`#/account/${APP_ID}`);
  await page.getByRole('button', { name: '显示', exact: true }).click();
  const { accessToken } = await desk.run('tokens.reveal', { appId: APP_ID });
  await expect(page.getByText(accessToken)).toBeVisible();
  await page.getByRole('button', { name: '立即锁定' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '控制台已锁定' })).toBeVisible();
  const content = await page.content();
  for (const text of [accessToken, PASSPHRASE, '商城']) expect(content).not.toContain(text);
  await expect(page.getByLabel('口令', { exact: true })).toBeFocused();
  await expectToBeAccessible(page, 'settings');

  await page.keyboard.type('not these words');
  await page.keyboard.press('Enter');
  await expect(page.getByText('口令不对，请再试一次。')).toBeVisible();
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '商城' })).toBeVisible();
  await expect(page.getByText(accessToken)).toBeHidden();
});

test('a file of a thousand accounts is taken in whole, and the page stays connected', async ({ desk }) => {
  const { page } = desk;
  const accounts = Array.from({ length: 1000 }, (_, n) => ({
    appId: `wx${n.toString(16).padStart(16, '0')}`,
    name: `${n}${'店'.repeat(60)}`,
    kind: 'official',
    line: 'stable',
    paused: true,
  }));
  const file = { format: 'wechat-token-console/accounts', version: 1, accounts };
  await desk.open('#/settings?part=transfer');
  await page.getByLabel('选择文件…').setInputFiles({
    name: 'accounts.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file, null, 2)),
  });
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('添加了 1000 个账号')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('连接断开，正在重连', { exact: false })).toBeHidden();
  expect((await desk.run('state.get', {})).accounts).toHaveLength(1000);
});
