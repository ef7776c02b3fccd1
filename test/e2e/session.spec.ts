/** What only the browser carrier has: the key, the cookie, the connection. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, startHeadless } from '../support/headless.ts';
import { expect, test } from './fixtures.ts';

let running: Running;
let dataDir: string;
test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wtc-session-'));
  running = await startHeadless(['--data-dir', dataDir, '--vault', 'memory']);
});
test.afterEach(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const firstRun = { name: '让每个 access_token 一直有效' };

test('the key leaves the address bar, the page never keeps it, and a reload stays signed in', async ({
  page,
  context,
}) => {
  const { url, adminKey } = running.ready;
  await page.goto(`${url}#key=${adminKey}`);
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
  expect(page.url()).not.toContain(adminKey);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toContain(adminKey);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(cookie?.value).not.toBe(adminKey);
  await page.reload();
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
});

test('without a key the page asks for it, says where it is, and refuses a wrong one', async ({ page }) => {
  const { url, adminKey } = running.ready;
  await page.goto(url);
  await expect(page.getByRole('heading', { name: '需要管理密钥' })).toBeVisible();
  await page.getByLabel('密钥或地址').fill('not-the-key');
  await page.getByRole('button', { name: '打开控制台' }).click();
  await expect(page.getByText('这个密钥不对', { exact: false })).toBeVisible();
  await page.getByLabel('密钥或地址').fill(`${url}#key=${adminKey}`);
  await page.getByRole('button', { name: '打开控制台' }).click();
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
});

test('a lost connection is said, and the page finds back when the console is there again', async ({
  page,
}) => {
  const { url, adminKey } = running.ready;
  await page.goto(`${url}#key=${adminKey}`);
  await expect(page.getByRole('heading', firstRun)).toBeVisible();
  await running.stop('SIGKILL');
  await expect(page.getByText('连接断开，正在重连', { exact: false })).toBeVisible();
  running = await startHeadless(['--data-dir', dataDir, '--vault', 'memory', '--listen', new URL(url).host]);
  await expect(page.getByRole('heading', { name: '需要管理密钥' })).toBeVisible({ timeout: 15_000 });
});
