/** The administrator's confirmation, from the first 89503 to a live token, by way of refusals and restarts. */
import { APP_ID, type ClockDesk, expect, test } from './clock-fixtures.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const account = `#/account/${APP_ID}`;

/** The calls for a token or with one that WeChat has counted. */
const calls = ({ console }: ClockDesk) => console.sandbox.world.counters(APP_ID);

test('89503: asked, waiting, confirmed, live; what to send the administrator is at hand', async ({
  desk,
}) => {
  const { page, console } = desk;
  console.sandbox.world.change(APP_ID, { confirmation: true });
  await console.add();
  await desk.open(account);
  await expect(page.getByRole('heading', { name: '现在该做什么' })).toBeVisible();
  await expect(page.getByText('等待管理员在微信里确认')).toBeVisible();
  await expect(page.getByText(/还不知道 IP/)).toBeVisible();
  const timeline = page.getByRole('list', { name: '确认进行到哪一步' });
  await expect(timeline.getByText('微信给管理员发了确认消息')).toBeVisible();
  await expect(timeline.getByText('等管理员确认')).toBeVisible();
  await expect(page.getByText(/12 次自动尝试还剩 12 次/)).toBeVisible();
  await page.getByRole('button', { name: '复制通知文字' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('商城');
  expect(copied).toContain(APP_ID);
  expect(copied).toMatch(/\d\d:\d\d:\d\d/);

  await desk.advance(5 * MINUTE + SECOND);
  await expect(timeline.getByText(/还在等管理员（又试了 1 次/)).toBeVisible();
  await expect(page.getByText(/12 次自动尝试还剩 11 次/)).toBeVisible();
  await desk.restart();
  await expect(page.getByText(/12 次自动尝试还剩 11 次/)).toBeVisible();

  console.sandbox.world.confirm(APP_ID);
  await page.getByRole('button', { name: '已确认，立即重试' }).click();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
  await expect(page.getByText('等待管理员在微信里确认')).toHaveCount(0);
  await desk.open('#/confirmations');
  await expect(
    page.getByRole('listitem').filter({ hasText: '商城' }).getByText('管理员已确认'),
  ).toBeVisible();
});

test('89507: blocked for an hour without one call, over a restart; then after a talk, live', async ({
  desk,
}) => {
  const { page, console } = desk;
  console.sandbox.world.change(APP_ID, { confirmation: true });
  await console.add();
  await desk.open(account);
  await expect(page.getByText('等待管理员在微信里确认')).toBeVisible();
  console.sandbox.world.refuse(APP_ID);
  await desk.advance(5 * MINUTE + SECOND);
  await expect(page.getByText('管理员拒绝了这个 IP 的调用')).toBeVisible();
  const before = calls(desk);

  await expect(page.getByText(/59:\d\d/).first()).toBeVisible();
  for (let n = 0; n < 3; n++) await desk.advance(10 * MINUTE);
  await desk.restart();
  await expect(page.getByText('管理员拒绝了这个 IP 的调用')).toBeVisible();
  await expect(page.getByText(/2\d:\d\d/).first()).toBeVisible();
  for (let n = 0; n < 2; n++) await desk.advance(14 * MINUTE);
  await expect(page.getByRole('button', { name: '仍要提前尝试…' })).toBeVisible();
  expect(calls(desk)).toEqual(before);

  await desk.advance(3 * MINUTE);
  await expect(page.getByText('限制已结束，请先和管理员说好')).toBeVisible();
  const again = page.getByRole('button', { name: '再试一次' });
  await expect(again).toBeDisabled();
  expect(calls(desk)).toEqual(before);
  console.sandbox.world.confirm(APP_ID);
  await page.getByRole('checkbox', { name: /我已和管理员说好/ }).check();
  await again.click();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
  expect(console.sandbox.world.calls().filter(({ duringBlock }) => duringBlock)).toHaveLength(1);
});

test('89506: refused twice is a day, and says what a third time may bring', async ({ desk }) => {
  const { page, console } = desk;
  console.sandbox.world.change(APP_ID, { confirmation: true });
  console.sandbox.world.refuse(APP_ID);
  await console.add();
  await desk.open(account);
  await expect(page.getByText(/管理员拒绝了一次/)).toBeVisible();
  await desk.advance(HOUR + MINUTE);
  await page.getByRole('checkbox', { name: /我已和管理员说好/ }).check();
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(page.getByText('等待管理员在微信里确认')).toBeVisible();
  console.sandbox.world.refuse(APP_ID);
  await desk.advance(5 * MINUTE + SECOND);
  await expect(page.getByText(/24 小时内拒绝了两次/)).toBeVisible();
  await expect(page.getByText(/23:59:\d\d/).first()).toBeVisible();
  const timeline = page.getByRole('list', { name: '确认进行到哪一步' });
  await expect(timeline.getByText('管理员 24 小时内第二次拒绝')).toBeVisible();
  const before = calls(desk);
  for (let n = 0; n < 5; n++) await desk.advance(4 * HOUR);
  await expect(page.getByRole('button', { name: '仍要提前尝试…' })).toBeVisible();
  expect(calls(desk)).toEqual(before);
});

test('the overview of confirmations names every account that waits', async ({ desk }) => {
  const { page, console } = desk;
  const { world } = console.sandbox;
  const other = 'wx00000000000000a2';
  world.add({ appId: other, secret: 'sandbox-secret-of-another', whitelist: [] });
  world.change(APP_ID, { confirmation: true });
  await console.add({ appId: other, name: '官网', secret: 'sandbox-secret-of-another' });
  await console.add();
  await desk.open('#/confirmations');
  const rows = page.getByRole('list', { name: '在等确认的账号' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: '官网' })).toContainText('203.0.113.7');
  // WeChat named no address for this one, but the same machine was seen under one for the other.
  await expect(rows.filter({ hasText: '商城' })).toContainText('203.0.113.7');
  world.confirm(APP_ID);
  await rows.filter({ hasText: '商城' }).getByRole('button', { name: /重试/ }).click();
  await expect(rows.filter({ hasText: '商城' })).toContainText('管理员已确认');
  await expect(page.getByRole('link', { name: /IP 确认/ }).first()).toBeVisible();
});
