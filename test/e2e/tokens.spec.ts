import { APP_ID, expect, test } from './fixtures.ts';

test.beforeEach(async ({ desk }) => {
  await desk.add();
  await desk.open(`#/account/${APP_ID}`);
  await expect(desk.page.getByText(/1:59:\d\d/).first()).toBeVisible();
});

test('a refresh on the standard line says what it does, cancels by default, and shows the overlap', async ({
  desk,
}) => {
  const { page, sandbox } = desk;
  const calls = sandbox.world.calls().length;
  await page.getByRole('button', { name: '刷新', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('刷新后旧令牌 5 分钟内失效');
  await expect(page.locator(':focus')).toHaveText('取消');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(sandbox.world.calls()).toHaveLength(calls);

  await page.getByRole('button', { name: '刷新', exact: true }).click();
  await dialog.getByRole('button', { name: '刷新' }).click();
  await expect(page.getByText(/旧令牌还可用 04:5\d/)).toBeVisible();
  await expect(page.getByText('已换成新令牌。')).toBeVisible();
  expect(sandbox.world.calls()).toHaveLength(calls + 1);
});

test('a copied token is on the clipboard, says when it is cleared, and is written down', async ({ desk }) => {
  const { page } = desk;
  const { accessToken } = await desk.run('tokens.reveal', { appId: APP_ID });
  await page.getByRole('button', { name: /复制令牌/ }).click();
  await expect(page.getByText(/已复制，\d+ 秒后清除/)).toBeVisible();
  expect(await desk.clipboard()).toBe(accessToken);
  const { rows } = await desk.run('history.query', { limit: 1 });
  expect(rows[0]).toMatchObject({ trigger: 'copy', outcome: 'granted' });
});

test('a token is masked until it is revealed, and masked again', async ({ desk }) => {
  const { page } = desk;
  const { accessToken } = await desk.run('tokens.reveal', { appId: APP_ID });
  expect(await page.content()).not.toContain(accessToken);
  await page.getByRole('button', { name: '显示' }).click();
  await expect(page.getByText(accessToken)).toBeVisible();
  await page.getByRole('button', { name: '隐藏' }).click();
  await expect(page.getByText(accessToken)).toBeHidden();
  expect(await page.content()).not.toContain(accessToken);
});

test('a check tells a token that WeChat honours from one that somebody replaced', async ({ desk }) => {
  const { page, sandbox } = desk;
  await page.getByRole('button', { name: '核对令牌是否有效' }).click();
  await expect(page.getByText(/微信接受这个令牌/)).toBeVisible();
  sandbox.world.mintElsewhere(APP_ID);
  sandbox.world.mintElsewhere(APP_ID);
  await page.getByRole('button', { name: '核对令牌是否有效' }).click();
  await expect(page.getByText(/上一个令牌已失效，控制台已换成新的/)).toBeVisible();
});

test('an account is renamed, paused, resumed and removed', async ({ desk }) => {
  const { page } = desk;
  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '编辑账号' }).click();
  await page.getByRole('dialog').getByLabel('名称').fill('官网');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('heading', { name: '官网', level: 1 })).toBeVisible();

  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '暂停' }).click();
  await expect(page.getByText('控制台不会为这个账号请求令牌', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '恢复' }).click();
  await expect(page.getByText('控制台不会为这个账号请求令牌', { exact: false })).toBeHidden();

  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '移除账号' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '移除' }).click();
  await expect(page.getByRole('heading', { name: '让每个 access_token 一直有效' })).toBeVisible();
  expect((await desk.run('state.get', {})).accounts).toEqual([]);
});
