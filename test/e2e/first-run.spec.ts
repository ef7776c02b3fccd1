import { APP_ID, expect, SECRET, test } from './fixtures.ts';

test('an AppSecret goes in, a live access_token is on screen, and the AppSecret is nowhere', async ({
  desk,
}) => {
  const { page, sandbox } = desk;
  await expect(page.getByRole('heading', { name: '让每个 access_token 一直有效' })).toBeVisible();
  await page.getByRole('link', { name: '添加第一个账号' }).click();

  await page.getByLabel('AppID', { exact: false }).first().fill(APP_ID);
  await page.getByLabel('名称').fill('商城小程序');
  await page.getByRole('textbox', { name: /AppSecret/ }).fill(SECRET);
  await page.getByRole('radio', { name: /小程序/ }).check();
  await page.getByRole('button', { name: '高级选项' }).or(page.getByText('高级选项')).first().click();
  await page.getByLabel('接口地址').fill(sandbox.url);
  await page.getByRole('button', { name: '添加并获取令牌' }).click();

  await expect(page.getByRole('heading', { name: '商城小程序' })).toBeVisible();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
  const first = await page
    .getByText(/1:59:\d\d/)
    .first()
    .textContent();
  await expect(page.getByText(/1:59:\d\d/).first()).not.toHaveText(first ?? '');
  expect(await page.content()).not.toContain(SECRET);
  expect(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain(SECRET);
});

test('what is wrong with the input is said at its field, and nothing is added', async ({ desk }) => {
  const { page } = desk;
  await desk.open('#/add');
  const appId = page.getByLabel('AppID', { exact: false }).first();
  await appId.fill('wx0000000000000000000');
  await expect(page.getByText(/应为 wx 加 16 位/)).toBeVisible();
  await appId.fill('wx00000000000000A1');
  await expect(page.getByText('AppID 只有小写字母，已为您改成小写')).toBeVisible();
  await expect(appId).toHaveValue(APP_ID);
  const secret = page.getByRole('textbox', { name: /AppSecret/ });
  await secret.fill('秘 密');
  await expect(page.getByText('AppSecret 里不会有“秘”，请检查粘贴的内容')).toBeVisible();
  await expect(page.getByText('已去掉空格和看不见的字符')).toBeVisible();
  await page.getByRole('button', { name: '添加并获取令牌' }).click();
  await expect(page.getByText('请填写名称')).toBeVisible();
  expect((await desk.run('state.get', {})).accounts).toEqual([]);
});

test('an AppID that is there already is said so, with the way to it', async ({ desk }) => {
  const { page } = desk;
  await desk.add();
  await desk.open('#/add');
  await page.getByLabel('AppID', { exact: false }).first().fill(APP_ID);
  await page.getByLabel('名称').fill('又一个');
  await page.getByRole('textbox', { name: /AppSecret/ }).fill(SECRET);
  await page.getByRole('button', { name: '添加并获取令牌' }).click();
  await expect(page.getByText('这个 AppID 已经添加过').first()).toBeVisible();
  await page.getByRole('link', { name: '打开那个账号' }).first().click();
  await expect(page.getByRole('heading', { name: '商城', exact: true })).toBeVisible();
});

test('the demo opens beside the console, on accounts of its own', async ({ desk, host, context }) => {
  test.skip(host !== 'headless', 'the desktop opens it in the browser of the system');
  const [demo] = await Promise.all([
    context.waitForEvent('page'),
    desk.page.getByRole('button', { name: '打开演示' }).click(),
  ]);
  await expect(demo.getByText('演示模式', { exact: false })).toBeVisible();
  await expect(demo.getByText(/1:59:\d\d/).first()).toBeVisible();
  expect((await desk.run('state.get', {})).accounts).toEqual([]);
});
