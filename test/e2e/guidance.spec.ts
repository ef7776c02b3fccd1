/** Each trouble from its first sign to its end: what is said, what is offered, and that it works. */
import { catalogue } from '../../electron/wechat/catalogue.ts';
import { closedPort, untrustedServer } from '../support/network-faults.ts';
import { APP_ID, expect, SECRET, test } from './clock-fixtures.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const account = `#/account/${APP_ID}`;
const LIVE = /1:59:\d\d/;

/** The title of a fault's panel: told apart, no two reasons have the same. */
function meaningOf(reason: string): string {
  const entry = catalogue().find(({ code }) => code === reason);
  if (!entry) throw new Error(`nothing is said of ${reason}`);
  return entry.meaning.zh;
}

test('40164 from a changed address: named beside the one that worked, added, live', async ({ desk }) => {
  const { page, console } = desk;
  const { world } = console.sandbox;
  world.change(APP_ID, { whitelist: [] });
  await console.add();
  await desk.open(account);
  await expect(page.getByText('把这台机器的 IP 加入白名单')).toBeVisible();
  await expect(page.getByText(/这个网络的 IP 会变/)).toHaveCount(0);
  world.change(APP_ID, { whitelist: ['203.0.113.7'] });
  await page.getByRole('button', { name: '已加入白名单，立即重试' }).click();
  await expect(page.getByText(LIVE).first()).toBeVisible();

  world.setCallerIp('198.51.100.8', APP_ID);
  await desk.advance(111 * MINUTE);
  await expect(page.getByText('198.51.100.8', { exact: true }).first()).toBeVisible();
  const warning = page.getByText(/这个网络的 IP 会变/);
  await expect(warning).toContainText('203.0.113.7');
  await expect(warning).toContainText('198.51.100.8');
  await page.getByText('微信报告过的 IP（2 个）').click();
  await expect(page.getByText(/换到过令牌/).first()).toBeVisible();
  world.change(APP_ID, { whitelist: ['198.51.100.8'] });
  await desk.advance(5 * MINUTE + SECOND);
  await expect(page.getByText(LIVE).first()).toBeVisible();
});

test('40243: a frozen AppSecret is not asked with again until it is unfrozen', async ({ desk }) => {
  const { page, console } = desk;
  console.sandbox.world.change(APP_ID, { standing: 'secret-frozen' });
  await console.add();
  await desk.open(account);
  await expect(page.getByText(/10 分钟/).first()).toBeVisible();
  const { length } = console.sandbox.world.calls();
  await desk.advance(120 * MINUTE);
  expect(console.sandbox.world.calls()).toHaveLength(length);
  console.sandbox.world.change(APP_ID, { standing: 'good' });
  await page.getByRole('button', { name: '已解冻，立即重试' }).click();
  await expect(page.getByText(LIVE).first()).toBeVisible();
});

test('overwritten by another system: seen within one check, refreshed, counted; moved to the stable line', async ({
  desk,
}) => {
  const { page, console } = desk;
  await console.add();
  await desk.open(account);
  await expect(page.getByText(LIVE).first()).toBeVisible();
  console.sandbox.world.mintElsewhere(APP_ID);
  await desk.advance(4 * MINUTE + 50 * SECOND);
  await expect(page.getByText(/核对：微信接受这个令牌/)).toBeVisible();
  await desk.advance(5 * MINUTE);
  await expect(page.getByText('24 小时内被别的系统覆盖 1 次')).toBeVisible();
  await expect(page.getByText(LIVE).first()).toBeVisible();

  const card = page.getByRole('region', { name: /被别的系统覆盖/ });
  await expect(card.getByText('找出另一套系统')).toBeVisible();
  await card.getByRole('button', { name: '换到稳定版…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '下一步' }).click();
  await dialog.getByRole('checkbox', { name: /我知道哪些系统/ }).check();
  await dialog.getByRole('button', { name: '下一步' }).click();
  await dialog.getByRole('button', { name: '换到稳定版' }).click();
  await expect(dialog.getByText('已换到稳定版')).toBeVisible();
  await dialog.getByRole('button', { name: '完成' }).click();
  console.sandbox.world.mintElsewhere(APP_ID);
  await desk.advance(5 * MINUTE);
  await desk.advance(6 * MINUTE);
  await expect(page.getByText(/核对：微信接受这个令牌/)).toBeVisible();
  await expect(page.getByText('24 小时内被别的系统覆盖 1 次')).toBeVisible();
});

test('a token found dead by hand is replaced at once', async ({ desk }) => {
  const { page, console } = desk;
  await console.add();
  await desk.open(account);
  await expect(page.getByText(LIVE).first()).toBeVisible();
  console.sandbox.world.mintElsewhere(APP_ID);
  console.sandbox.world.mintElsewhere(APP_ID);
  await page.getByRole('button', { name: '核对令牌是否有效' }).click();
  await expect(page.getByText('24 小时内被别的系统覆盖 1 次')).toBeVisible();
  await expect(page.getByText(LIVE).first()).toBeVisible();
});

test('forced refreshes: what is left, the gap, the leak drill, and none left', async ({ desk }) => {
  const { page, console } = desk;
  await console.add({ line: 'stable' });
  await desk.open(account);
  await expect(page.getByText(LIVE).first()).toBeVisible();
  const leaked = console.sandbox.world.usableTokens(APP_ID, 'stable')[0]?.accessToken;
  const menu = async (item: RegExp) => {
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu(/令牌泄漏处置/);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '让泄漏的令牌作废' }).click();
  await expect(dialog.getByText(/后开始第二次/)).toBeVisible();
  await desk.advance(32 * SECOND);
  await expect(dialog.getByText('泄漏的令牌已经作废，现在的令牌是新的。')).toBeVisible();
  const usable = console.sandbox.world.usableTokens(APP_ID, 'stable').map(({ accessToken }) => accessToken);
  expect(usable).not.toContain(leaked);
  await page.keyboard.press('Escape');

  await menu(/强制刷新/);
  await expect(dialog.getByText(/还可以强制刷新 18 次/)).toBeVisible();
  const force = dialog.getByRole('button', { name: '强制刷新' });
  await expect(force).toBeDisabled();
  await desk.advance(31 * SECOND);
  await expect(force).toBeEnabled();
  await page.keyboard.press('Escape');
  for (let n = 0; n < 18; n++) {
    await desk.advance(31 * SECOND);
    await console.run('tokens.refresh', { appId: APP_ID, force: true });
  }
  await menu(/强制刷新/);
  await expect(dialog.getByText(/20 次强制刷新都已用掉/)).toBeVisible();
  await expect(force).toBeDisabled();
  await page.keyboard.press('Escape');
  const forced = () => console.sandbox.world.calls().filter((call) => call.force).length;
  expect(forced()).toBe(20);
});

test('a clock five minutes off is told, and no token is refreshed late for it', async ({ desk }) => {
  const { page, console } = desk;
  console.sandbox.advance(5 * MINUTE);
  await console.add();
  await desk.open(account);
  await expect(page.getByText(/这台机器的时钟比微信慢 (5 分|4 分 59 秒|5 分 1 秒)/)).toBeVisible();
  await expect(page.getByText(LIVE).first()).toBeVisible();
  console.sandbox.advance(-5 * MINUTE);
  await page.getByRole('button', { name: '核对令牌是否有效' }).click();
  await expect(page.getByText(/这台机器的时钟/)).toHaveCount(0);
});

test('a new AppSecret is tried first; one that is not accepted changes nothing', async ({ desk }) => {
  const { page, console } = desk;
  await console.add();
  const before = (await console.until(({ phase }) => phase === 'live')).token;
  await desk.open(account);
  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '更换 AppSecret' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox', { name: /AppSecret/ });
  await field.fill('sandbox-secret-of-another');
  await dialog.getByRole('button', { name: /试用/ }).click();
  await expect(dialog.getByText(/微信不接受这个 AppSecret/)).toBeVisible();
  expect(console.view()).toMatchObject({ phase: 'live', token: before });
  console.sandbox.world.change(APP_ID, { whitelist: [] });
  await field.fill(SECRET);
  await dialog.getByRole('button', { name: /试用/ }).click();
  await expect(dialog.getByRole('button', { name: '不试用，直接保存' })).toBeVisible();
  console.sandbox.world.change(APP_ID, { whitelist: null });
  await dialog.getByRole('button', { name: /^试用/ }).click();
  await expect(dialog.getByText(/微信接受了新的 AppSecret/)).toBeVisible();
  expect(console.view()).toMatchObject({ phase: 'live', token: before });
});

test('an error opens its entry; the explorer finds it in either language, and says who does what', async ({
  desk,
}) => {
  const { page, console } = desk;
  await console.add({ secret: 'sandbox-secret-of-another' });
  await desk.open(account);
  await page.getByText('技术细节').click();
  await page.getByRole('link', { name: '错误码说明' }).click();
  await expect(page.getByRole('heading', { name: '40125' })).toBeVisible();
  await expect(page.getByText('控制台自己会做什么')).toBeVisible();
  await desk.open('#/errors');
  const search = page.getByRole('textbox', { name: /搜索错误码/ });
  for (const [words, code] of [
    ['whitelist business server', '40164'],
    ['解冻', '40243'],
  ] as const) {
    await search.fill(words);
    await expect(page.getByRole('link', { name: new RegExp(code) }).first()).toBeVisible();
  }
});

test('the report of an attempt holds all that helps, and no secret', async ({ desk }) => {
  const { page, console } = desk;
  console.sandbox.world.change(APP_ID, { whitelist: [] });
  await console.add();
  await desk.open(account);
  await page.getByText('技术细节').click();
  await page.getByRole('button', { name: '复制全部细节' }).first().click();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [APP_ID, '40164', 'not in whitelist', 'GET ', '/cgi-bin/token', 'devtools/debug', 'rid'])
    expect(report).toContain(part);
  expect(report).not.toContain(SECRET);
});

test.describe('the network', () => {
  test.use({ harness: { waits: { connectTimeoutMs: 200, answerTimeoutMs: 300 } } });

  /** The reason each fault is told by. */
  const told = {
    'captive-page': 'unreadable',
    redirect: 'redirect',
    'no-answer': 'timeout',
    reset: 'connection-lost',
    'cut-off': 'connection-lost',
  } as const;
  for (const [kind, reason] of Object.entries(told)) {
    test(`${kind}: told, and live when it is over`, async ({ desk }) => {
      const { page, console } = desk;
      console.sandbox.world.inject({ kind: kind as keyof typeof told });
      await console.add();
      await desk.open(account);
      const panel = page.getByRole('region', { name: '控制台正在处理' });
      await expect(panel.getByText(meaningOf(reason))).toBeVisible();
      await expect(panel.getByRole('listitem').first()).toBeVisible();
      console.sandbox.world.lift();
      // The console's own next try may be quicker than a hand.
      const retry = panel.getByRole('button', { name: '立即重试' });
      await retry.click({ timeout: 2000 }).catch(() => undefined);
      await expect(page.getByText(LIVE).first()).toBeVisible();
    });
  }

  test('an HTTP status is told', async ({ desk }) => {
    const { page, console } = desk;
    console.sandbox.world.inject({ kind: 'status', status: 502 });
    await console.add();
    await desk.open(account);
    const panel = page.getByRole('region', { name: '控制台正在处理' });
    await panel.getByText('技术细节').click();
    await expect(panel.getByText(/http-status: 502/)).toBeVisible();
  });
});

test.describe('the way out', () => {
  test('no such name, nobody there, a certificate nobody knows: told apart', async ({ desk }) => {
    const { page, console } = desk;
    const stranger = await untrustedServer();
    const cases = {
      'https://wechat.invalid': 'dns',
      [`http://127.0.0.1:${await closedPort()}`]: 'connection-refused',
      [stranger.url]: 'tls',
    };
    await console.add({ apiBase: 'https://wechat.invalid' });
    await desk.open(account);
    for (const [apiBase, reason] of Object.entries(cases)) {
      await console.run('accounts.update', { appId: APP_ID, changes: { apiBase }, secret: SECRET });
      await expect(page.getByText(meaningOf(reason))).toBeVisible();
    }
    await stranger.close();
  });
});

test.describe('a proxy that is not there', () => {
  test.use({ harness: { env: { https_proxy: 'http://127.0.0.1:9' } } });

  test('is told from a WeChat that is not there', async ({ desk }) => {
    const { page, console } = desk;
    await console.add({ apiBase: 'https://wechat.invalid' });
    await desk.open(account);
    await expect(page.getByText(meaningOf('proxy'))).toBeVisible();
  });
});
