import { APP_ID, expect, SECRET, test } from './fixtures.ts';

const OTHER = 'wx00000000000000a2';

test('the history of all accounts is filtered, and new rows come by themselves', async ({ desk }) => {
  const { page, sandbox } = desk;
  sandbox.world.add({ appId: OTHER, secret: SECRET, standing: 'secret-frozen' });
  await desk.add();
  await desk.add({ appId: OTHER, name: '官网' });
  await desk.open('#/history');
  await expect(page.getByText('40243').first()).toBeVisible();
  await page.getByLabel('结果').selectOption('granted');
  await expect(page.getByText('40243')).toHaveCount(0);
  const { rows } = await desk.run('history.query', { limit: 10 });
  const granted = rows.filter(({ outcome }) => outcome === 'granted').length;
  await desk.run('tokens.reveal', { appId: APP_ID });
  await expect(page.getByText('查看令牌').last()).toBeVisible();
  expect(granted).toBe(1);
});

test('a long history is read on as one scrolls; only the rows in sight exist', async ({ desk }) => {
  const { page } = desk;
  await desk.add();
  await expect.poll(async () => (await desk.run('state.get', {})).accounts[0]?.phase).toBe('live');
  await Promise.all(Array.from({ length: 450 }, () => desk.run('tokens.reveal', { appId: APP_ID })));
  await desk.open('#/history');
  const list = page.getByRole('list', { name: '历史记录' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  const first = list.getByText('启动');
  const scrollOn = async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    return first.isVisible();
  };
  await expect.poll(scrollOn, { intervals: [100], timeout: 10_000 }).toBe(true);
  await expect(page.getByText('没有更早的记录了')).toBeVisible();
  expect(await list.getByRole('listitem').count()).toBeLessThan(80);
});

test('an error code is found by number and by words, and has an address of its own', async ({ desk }) => {
  const { page } = desk;
  await desk.open('#/errors');
  const search = page.getByPlaceholder('搜索错误码或文字，例如 40164、白名单');
  await search.fill('40164');
  await expect(page.getByText('40164').first()).toBeVisible();
  await search.fill('白名单');
  await expect(page.getByText('61004').first()).toBeVisible();
  await desk.open('#/errors/89503');
  await expect(page.getByText('控制台自己会做什么')).toBeVisible();
  await expect(page.getByText('每 5 分钟探测一次', { exact: false })).toBeVisible();
});

test('two hundred accounts: those that need a person come first, and search finds one', async ({ desk }) => {
  const { page, sandbox } = desk;
  const ids = Array.from({ length: 200 }, (_, n) => `wx${(n + 4096).toString(16).padStart(16, '0')}`);
  for (const appId of ids) {
    sandbox.world.add({ appId, secret: SECRET, standing: appId === ids[150] ? 'secret-frozen' : 'good' });
  }
  await Promise.all(ids.map((appId, n) => desk.add({ appId, name: `账号 ${n}`, line: 'stable' })));
  await expect(page.getByRole('heading', { name: '1 个账号需要处理' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('账号 177');
  await page
    .getByRole('link', { name: /账号 177/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: '账号 177' })).toBeVisible();
});
