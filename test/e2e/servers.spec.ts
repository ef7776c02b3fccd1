/** Business servers: the gateway switched on, a key made, a token fetched with it, a key revoked. */
import { APP_ID, expect, test } from './fixtures.ts';

test('a gateway is opened, a key is shown once and opens it, what it fetched is seen, and it is revoked', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.add();
  await desk.open('#/servers');
  await expect(page.getByText(/网关没有打开/)).toBeVisible();
  await desk.run('handout.setGateway', { enabled: false, host: '127.0.0.1', port: 0, tls: null });
  await page.getByRole('switch', { name: '启用网关' }).click();
  const address = page.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).first();
  await expect(address).toBeVisible();
  const url = (await address.textContent()) ?? '';

  await page.getByRole('button', { name: '新建密钥' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /名称/ }).fill('订单服务');
  await dialog.getByRole('button', { name: '新建' }).click();
  const shown = dialog.getByText(/^wtc_[\w-]{43}$/);
  await expect(shown).toBeVisible();
  const key = (await shown.textContent()) ?? '';
  await dialog.getByRole('button', { name: '已复制，关闭' }).click();
  expect(await page.content()).not.toContain(key);

  const ask = () => fetch(`${url}/v1/tokens/${APP_ID}`, { headers: { authorization: `Bearer ${key}` } });
  expect(await (await ask()).json()).toMatchObject({ app_id: APP_ID });
  await expect(page.getByText('取走的是当前令牌')).toBeVisible();
  await desk.run('tokens.refresh', { appId: APP_ID });
  await expect(page.getByText(/还在用旧令牌/)).toBeVisible();

  await page.getByRole('button', { name: '撤销“订单服务”的密钥' }).click();
  await dialog.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByText('还没有密钥')).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test('an address that the network can reach is asked about first', async ({ desk }) => {
  const { page } = desk;
  await desk.add();
  await desk.open('#/servers');
  await page.getByRole('button', { name: '修改网关设置' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '监听地址' }).fill('0.0.0.0');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('让别的机器连到网关')).toBeVisible();
  expect((await desk.run('handout.get', {})).gateway.settings.host).toBe('127.0.0.1');
});
