/**
 * The page of business servers in use, over a real redis-server, and each of its dialogs: in both languages and
 * themes and at both sizes, nothing cut off and nothing that axe objects to; then all of it by keyboard alone.
 */
import type { Locator, Page } from '@playwright/test';
import { type RedisServer, startRedis, whyNoRedis } from '../support/redis-server.ts';
import { APP_ID, type Desk, expect, test } from './fixtures.ts';
import { expectToBeAccessible, expectToFit, hasTurn, LOOKS } from './looks.ts';

const PASSWORD = 'sandbox-word-of-redis';

const reason = whyNoRedis();
test.skip(reason !== null, reason ?? '');

let redis: RedisServer;
test.beforeAll(async () => {
  redis = await startRedis({ password: PASSWORD });
});
test.afterAll(() => redis.stop());

async function fill(desk: Desk): Promise<void> {
  await desk.add();
  await desk.run('handout.setGateway', { enabled: true, host: '127.0.0.1', port: 0, tls: null });
  const settings = { host: '127.0.0.1', port: redis.port, db: 0, username: null, tls: false };
  await desk.run('handout.setRedis', { settings, password: PASSWORD });
  await desk.run('clients.create', { name: '订单服务', appIds: '*' });
  const targets = [{ profile: 'wxjava' as const }, { profile: 'easywechat6' as const }];
  await desk.run('handout.setAccount', { appId: APP_ID, file: null, targets });
}

/** The parts of the page that have a dialog behind one of their buttons: which part, which button of it. */
const DIALOGS: readonly (readonly [name: string, section: string, button: number])[] = [
  ['gateway', 'gateway', -1],
  ['redis', 'redis', 0],
  ['redis-off', 'redis', 1],
  ['new-key', 'clients', 0],
  ['revoke', 'clients', -1],
  ['target', 'targets', -2],
  ['token-file', 'targets', -1],
];

const buttonOf = (page: Page, section: string, at: number): Locator =>
  page.locator(`section[aria-labelledby=${section}]`).getByRole('button').nth(at);

for (const { locale, colorScheme } of LOOKS) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme });

    test('business servers and their dialogs', async ({ desk }) => {
      test.setTimeout(90_000);
      const { page } = desk;
      await fill(desk);
      await desk.open('#/servers');
      await expect(page.getByText(`wx:access_token:${APP_ID}`).first()).toBeVisible();
      const look = async (name: string, withAxe = true) => {
        await expectToFit(page, `${name}-${locale}-${colorScheme}`, name === 'servers-in-use');
        if (withAxe) await expectToBeAccessible(page, name);
      };
      await look('servers-in-use');
      for (const [n, [name, section, button]] of DIALOGS.entries()) {
        await buttonOf(page, section, button).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await look(`dialog-${name}`, hasTurn(n, colorScheme));
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await expect(buttonOf(page, section, button), `${name}: the focus comes back`).toBeFocused();
      }
    });
  });
}

test('by keyboard alone: Redis is connected, a format is added, and the key is there', async ({ desk }) => {
  const { page } = desk;
  await desk.add();
  await desk.open('#/servers');
  const press = async (section: string, button: number) => {
    await buttonOf(page, section, button).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible();
  };
  const inField = async (label: string, text: string) => {
    for (let n = 0; n < 20; n++) {
      const at = await page.evaluate(() => {
        const field = document.activeElement;
        return field instanceof HTMLInputElement ? (field.labels?.[0]?.textContent ?? '') : '';
      });
      if (at === label) {
        await page.keyboard.press('Control+A');
        return page.keyboard.type(text);
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${label}`);
  };
  await press('redis', 0);
  await inField('地址', '127.0.0.1');
  await inField('端口', String(redis.port));
  await inField('密码', PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('已连接')).toBeVisible();

  await buttonOf(page, 'targets', -2).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeVisible();
  await page.getByRole('dialog').getByRole('combobox').focus();
  await page.keyboard.press('Tab'); // the advanced part
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`wx:access_token:${APP_ID}`).first()).toBeVisible();
  const client = await redis.client();
  await expect.poll(() => client.get(`wx:access_token:${APP_ID}`), { timeout: 15_000 }).not.toBeNull();
});
