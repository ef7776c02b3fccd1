import { APP_ID, expect, SECRET, test } from './fixtures.ts';

const account = `#/account/${APP_ID}`;

test('40164: the IP large, where the whitelist is, and live once it is added', async ({ desk }) => {
  const { page, sandbox } = desk;
  sandbox.world.change(APP_ID, { whitelist: [] });
  await desk.add();
  await desk.open(account);
  await expect(page.getByText('把这台机器的 IP 加入白名单')).toBeVisible();
  await expect(page.getByText('203.0.113.7', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/微信开发者平台 → 我的业务/)).toBeVisible();
  await expect(page.getByText(/控制台会在 04:\d\d 后再试一次/)).toBeVisible();
  sandbox.world.change(APP_ID, { whitelist: ['203.0.113.7'] });
  await page.getByRole('button', { name: '已加入白名单，立即重试' }).click();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
});

test('89503: what the administrator has to do, and live once he has done it', async ({ desk }) => {
  const { page, sandbox } = desk;
  sandbox.world.change(APP_ID, { confirmation: true });
  await desk.add();
  await desk.open(account);
  await expect(page.getByText('等待管理员在微信里确认')).toBeVisible();
  sandbox.world.confirm(APP_ID);
  await page.getByRole('button', { name: '已确认，立即重试' }).click();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
});

test('89507: the block counts down and nothing is asked, unless a person insists twice', async ({ desk }) => {
  const { page, sandbox } = desk;
  sandbox.world.change(APP_ID, { confirmation: true });
  sandbox.world.refuse(APP_ID);
  await desk.add();
  await desk.open(account);
  await expect(page.getByText('管理员拒绝了这个 IP 的调用')).toBeVisible();
  await expect(page.getByText(/59:\d\d/).first()).toBeVisible();
  const calls = sandbox.world.calls().length;
  await page.getByRole('button', { name: '仍要提前尝试…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '仍要尝试' })).toBeDisabled();
  await page.keyboard.press('Escape');
  expect(sandbox.world.calls()).toHaveLength(calls);
});

test('40125: said in plain words, with the raw text folded; a new AppSecret makes it live', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.add({ secret: 'sandbox-secret-of-another' });
  await desk.open(account);
  await expect(page.getByText('现在该做什么')).toBeVisible();
  await page.getByText('技术细节').click();
  await expect(page.getByText(/invalid appsecret/)).toBeVisible();
  await page.getByRole('button', { name: '更换 AppSecret' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /AppSecret/ }).fill(SECRET);
  await dialog.getByRole('button', { name: '试用并保存' }).click();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
});

test('a wrong page in between is no answer, and the attempt is in the history', async ({ desk }) => {
  const { page, sandbox } = desk;
  sandbox.world.inject({ kind: 'captive-page' });
  await desk.add();
  await desk.open(account);
  await expect(page.getByText('稍后重试').first()).toBeVisible();
  await desk.open('#/history');
  await expect(page.getByText('没有答复').filter({ visible: true }).first()).toBeVisible();
});
