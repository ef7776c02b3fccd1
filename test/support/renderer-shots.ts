/**
 * Looks at every screen of the built renderer over a fake console: pictures into test-output/, axe on each,
 * and a word on every violation of the Content-Security-Policy and every fault of a script.
 * node test/support/renderer-shots.ts [name-of-screen …]
 */
import { mkdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright';
import { fakeConsoleScript, serveRenderer } from './renderer-page.ts';

interface Screen {
  readonly name: string;
  readonly hash: string;
  /** An expression in terms of `rendererFake`, run in the page. */
  readonly fake: string;
  readonly act?: (page: Page) => Promise<unknown>;
  /** The size to begin with, where not the large one. */
  readonly size?: { readonly width: number; readonly height: number };
  /** The whole page on the picture, not only what is in sight. */
  readonly isWhole?: boolean;
}

const PHASES = 'rendererFake.fakeConsole({ refreshMs: 5000 })';
const id = (n: number) => `wx${(0xa0 + n).toString(16).padStart(16, '0')}`;
const account = (name: string, n: number, act?: Screen['act']): Screen => ({
  name,
  hash: `#/account/${id(n)}`,
  fake: PHASES,
  ...(act && { act }),
});
/** The waiting account with other circumstances; `them`: the accounts of `everyPhase`. */
const awaiting = (name: string, changes: string): Screen => ({
  name,
  hash: `#/account/${id(2)}`,
  fake: `rendererFake.fakeConsole({ accounts: ((them) => [{ ...them[1], ...${changes} }, them[2]])(rendererFake.everyPhase()) })`,
});
/** An account that met `errcode`, or without one the failure that `errmsg` names. */
const trouble = (name: string, group: string, errcode: number | null, errmsg: string): Screen => ({
  name,
  hash: `#/account/${id(5)}`,
  fake: `rendererFake.fakeConsole({ accounts: ((them) => [{ ...them[4], kind: 'official', line: 'standard',
    phase: ${JSON.stringify(['secret', 'account'].includes(group) ? 'needs-attention' : 'retrying')},
    nextAttemptAt: ${['secret', 'account'].includes(group) ? null : 'Date.now() + 1793000'},
    trouble: { class: '${group}', errcode: ${errcode}, since: Date.now() - 300000 },
    lastAttempt: { ...them[4].lastAttempt, outcome: '${errcode === null ? 'failed' : 'refused'}', errcode: ${errcode},
      errmsg: ${JSON.stringify(errmsg)}, ip: null${errcode === null ? ', rid: null' : ''} } }, them[0]])(rendererFake.everyPhase()) })`,
});
/** Chooses from the account's menu. */
const menuItem = async (page: Page, name: RegExp) => {
  await button(page, /更多操作|More actions/).click();
  await page.getByRole('menuitem', { name }).click();
};
/** The new AppSecret turned down with `error`. */
const turnedDown = (name: string, error: string): Screen => ({
  name,
  hash: `#/account/${id(7)}`,
  fake: `((it) => (it.failNext('accounts.setSecret', ${error}), it))(${PHASES})`,
  act: async (page) => {
    await menuItem(page, /AppSecret/);
    await page.getByLabel(/新的 AppSecret|New AppSecret/).fill('sandbox-secret-of-shop');
    await button(page, /试用并保存|Try and save/).click();
  },
});
const ATTEMPT = (errcode: number | null, errmsg: string) =>
  `{ at: Date.now(), trigger: 'manual', outcome: '${errcode === null ? 'failed' : 'refused'}', errcode: ${errcode},
    errmsg: '${errmsg}', rid: null, ip: null, durationMs: 200 }`;
/** The first account with other circumstances. */
const first = (name: string, changes: string, act?: Screen['act']): Screen => ({
  name,
  hash: `#/account/${id(1)}`,
  fake: `rendererFake.fakeConsole({ accounts: ((them) => [{ ...them[0], ...${changes} }, them[1]])(rendererFake.everyPhase()) })`,
  ...(act && { act }),
});
/** The page of business servers; `more`: what else the fake console is given. */
const servers = (name: string, query: string, more = '', act?: Screen['act']): Screen => ({
  name,
  hash: `#/servers${query}`,
  fake: `rendererFake.fakeConsole({ ${more} })`,
  ...(act ? { act } : { isWhole: true }),
});
/** The settings of the app with a window; `more`: what else the fake console is given. */
const settings = (name: string, more = '', act?: Screen['act']): Screen => ({
  name,
  hash: '#/settings',
  fake: `rendererFake.fakeConsole({ abilities: rendererFake.DESKTOP, ${more} })`,
  ...(act ? { act } : { isWhole: true }),
});
const PASSPHRASE = 'shield: { hasPassphrase: true, isLocked: false, system: true, until: null }';
/** Chooses a file of accounts. */
const choose = async (page: Page, text: string) => {
  const name = text.startsWith('{') ? 'wechat-accounts-2026-11-22.json' : 'wechat-accounts-2026-11-22.age';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
};
const locked = (name: string, shield: string, act?: Screen['act']): Screen => ({
  name,
  hash: `#/account/${id(1)}`,
  fake: `rendererFake.fakeConsole({ abilities: rendererFake.DESKTOP, shield: { hasPassphrase: true, isLocked: true,
    system: false, until: null, ${shield} } })`,
  ...(act && { act }),
});
const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();

const SCREENS: readonly Screen[] = [
  {
    name: 'drawer',
    hash: '#/',
    fake: PHASES,
    size: { width: 900, height: 600 },
    act: (page) => button(page, /打开账号列表|Open the list/).click(),
  },
  { name: 'first-run', hash: '#/', fake: 'rendererFake.fakeConsole({ accounts: [] })' },
  { name: 'one', hash: '#/', fake: 'rendererFake.fakeConsole({ accounts: [rendererFake.fakeAccount(1)] })' },
  { name: 'overview', hash: '#/', fake: PHASES },
  {
    name: 'overview-200',
    hash: '#/',
    fake: 'rendererFake.fakeConsole({ accounts: rendererFake.manyAccounts(200) })',
  },
  {
    name: 'notices',
    hash: '#/',
    fake: `rendererFake.fakeConsole({
      vault: { kind: 'keychain', status: 'locked', detail: null },
      notices: [{ id: 'demo', since: 0, detail: null }, { id: 'ledger-failing', since: 0, detail: 'disk full' }],
    })`,
  },
  account('live', 1),
  account('live-revealed', 1, async (page) => {
    await button(page, /^(显示|Show)$/).click();
    await button(page, /核对令牌|Check that/).click();
    await button(page, /复制令牌|Copy token/).click();
  }),
  account('strip', 1, async (page) => {
    await page.getByRole('listbox').focus();
    for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowLeft');
  }),
  account('menu', 1, (page) => button(page, /更多操作|More actions/).click()),
  account('refreshing', 1, async (page) => {
    await button(page, /^(刷新|Refresh)$/).click();
    await page.waitForTimeout(1300);
  }),
  account('awaiting', 2),
  account('whitelist', 3, (page) => page.getByText(/^(技术细节|Technical details)$/).click()),
  account('refused', 4),
  awaiting(
    'awaiting-used-up',
    `{ confirmation: { ...them[1].confirmation, ip: null, nextProbeAt: null, probesLeft: 0 },
    addresses: [], callerIp: null, nextAttemptAt: null }`,
  ),
  awaiting(
    'refused-over',
    `{ phase: 'refused', nextAttemptAt: null, confirmation: { ...them[3].confirmation, state: 'refused-twice',
    until: Date.now() - 60000 }, confirmationSteps: them[3].confirmationSteps, trouble: them[3].trouble }`,
  ),
  trouble('frozen', 'secret', 40243, 'AppSecret已被冻结，请解冻后再次调用。'),
  trouble('app-id-wrong', 'account', 40013, 'invalid appid'),
  trouble('barred', 'account', 50004, 'user not allow to use accesstoken, maybe for punishment'),
  trouble(
    'third-party',
    'account',
    61024,
    'must use api(api_component_token) to get token for component acct',
  ),
  trouble('quota', 'quota', 45009, 'reach max api daily quota limit'),
  trouble('unknown-code', 'unknown', 99999, 'some new text of WeChat nobody has seen yet'),
  trouble('network-tls', 'transient', null, 'tls: certificate not accepted'),
  { name: 'confirmations', hash: '#/confirmations', fake: PHASES },
  {
    name: 'confirmations-200',
    hash: '#/confirmations',
    fake: `rendererFake.fakeConsole({ accounts: (([, , third], many) => many.map((one) => ({ ...third, appId: one.appId,
      name: one.name, kind: one.kind })))(rendererFake.everyPhase(), rendererFake.manyAccounts(200)) })`,
  },
  {
    name: 'confirmations-none',
    hash: '#/confirmations',
    fake: 'rendererFake.fakeConsole({ accounts: [rendererFake.fakeAccount(1, { addresses: [] })] })',
  },
  account('refused-confirm', 4, (page) => button(page, /仍要提前|Try early/).click()),
  account('secret-wrong', 5),
  account('retrying', 6),
  account('overlap', 7),
  account('kill-confirm', 7, (page) => button(page, /^(刷新|Refresh)$/).click()),
  account('new', 8),
  first(
    'overwritten-stable',
    '{ overwrittenAt: Array.from({ length: 9 }, (_, n) => Date.now() - (90 - n * 9) * 600000) }',
  ),
  first(
    'drill-running',
    "{ drill: { state: 'waiting', since: Date.now() - 5000, nextAt: Date.now() + 26000 } }",
  ),
  first('drill-done', "{ drill: { state: 'done', since: Date.now() - 60000, nextAt: null } }"),
  first('drill-stopped', "{ drill: { state: 'stopped', since: Date.now() - 60000, nextAt: null } }"),
  first('drill', '{}', (page) => menuItem(page, /令牌泄漏处置|Leaked token/)),
  first(
    'drill-too-few',
    '{ force: { usedAt: Array.from({ length: 19 }, (_, n) => Date.now() - (20 - n) * 600000), perDay: 20, gapSeconds: 30 } }',
    (page) => menuItem(page, /令牌泄漏处置|Leaked token/),
  ),
  first(
    'force',
    '{ force: { usedAt: [Date.now() - 7200000, Date.now() - 9000], perDay: 20, gapSeconds: 30 } }',
    (page) => menuItem(page, /强制刷新|Force a refresh/),
  ),
  first(
    'force-none',
    '{ force: { usedAt: Array.from({ length: 20 }, (_, n) => Date.now() - (20 - n) * 600000), perDay: 20, gapSeconds: 30 } }',
    (page) => menuItem(page, /强制刷新|Force a refresh/),
  ),
  account('move', 7, (page) => menuItem(page, /换到稳定版|Move to the stable/)),
  account('move-who', 7, async (page) => {
    await menuItem(page, /换到稳定版|Move to the stable/);
    await button(page, /^(下一步|Next)$/).click();
  }),
  account('move-go', 7, async (page) => {
    await menuItem(page, /换到稳定版|Move to the stable/);
    await button(page, /^(下一步|Next)$/).click();
    await page.getByRole('checkbox').click();
    await button(page, /^(下一步|Next)$/).click();
  }),
  {
    ...account('move-done', 7, async (page) => {
      await menuItem(page, /换到稳定版|Move to the stable/);
      await button(page, /^(下一步|Next)$/).click();
      await page.getByRole('checkbox').click();
      await button(page, /^(下一步|Next)$/).click();
      await button(page, /^(换到稳定版|Move to the stable line)$/).click();
    }),
    fake: 'rendererFake.fakeConsole()',
  },
  turnedDown(
    'secret-rejected',
    `{ code: 'secret-rejected', message: '', attempt: ${ATTEMPT(40125, 'invalid appsecret rid: 65a0c1d2-1f2e3d4c-5b6a7988')} }`,
  ),
  turnedDown(
    'secret-untested',
    `{ code: 'secret-untested', message: '', attempt: ${ATTEMPT(40164, 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')} }`,
  ),
  turnedDown('secret-blocked', `{ code: 'blocked-by-refusal', message: '', until: Date.now() + 2880000 }`),
  account('secret-saved', 7, async (page) => {
    await menuItem(page, /AppSecret/);
    await page.getByLabel(/新的 AppSecret|New AppSecret/).fill('sandbox-secret-of-shop');
    await button(page, /试用并保存|Try and save/).click();
  }),
  account('edit-line', 7, async (page) => {
    await menuItem(page, /编辑账号|Edit account/);
    await page.getByRole('radio', { name: /^(稳定版|Stable)/ }).click();
  }),
  {
    name: 'clock-off',
    hash: '#/',
    fake: "rendererFake.fakeConsole({ notices: [{ id: 'clock-off', since: 0, detail: '-312' }] })",
  },
  {
    name: 'token-on-clipboard',
    hash: '#/',
    fake: "rendererFake.fakeConsole({ notices: [{ id: 'token-on-clipboard', since: 0, detail: null }] })",
  },
  {
    name: 'token-off-clipboard',
    hash: '#/',
    fake: "rendererFake.fakeConsole({ notices: [{ id: 'token-off-clipboard', since: 0, detail: null }] })",
  },
  account('paused', 9),
  account('long-name', 10),
  account('secret-missing', 11),
  account('short', 12),
  { name: 'unknown', hash: '#/account/wx00000000000000ff', fake: PHASES },
  account('edit', 1, async (page) => {
    await button(page, /更多操作|More actions/).click();
    await page.getByRole('menuitem').first().click();
  }),
  account('replace-secret', 7, async (page) => {
    await button(page, /更多操作|More actions/).click();
    await page.getByRole('menuitem').nth(1).click();
  }),
  account('remove', 7, async (page) => {
    await button(page, /更多操作|More actions/).click();
    await page.getByRole('menuitem').last().click();
  }),
  { name: 'add', hash: '#/add', fake: PHASES },
  {
    name: 'add-faults',
    hash: '#/add',
    fake: PHASES,
    act: async (page) => {
      await page.getByRole('textbox', { name: 'AppID', exact: true }).fill(' WX00000000000000A1 ');
      await page.getByLabel('AppSecret', { exact: true }).fill('sandbox-secret-of-shop');
      await button(page, /添加并获取|Add and fetch/).click();
    },
  },
  { name: 'history', hash: '#/history', fake: PHASES },
  {
    name: 'history-row',
    hash: '#/history?outcome=refused',
    fake: PHASES,
    act: (page) => page.locator('main li button').first().click(),
  },
  { name: 'errors', hash: '#/errors', fake: PHASES },
  { name: 'error', hash: '#/errors/40164', fake: PHASES },
  settings('settings'),
  { ...settings('settings-top', PASSPHRASE), isWhole: false },
  {
    ...settings('settings-browser', "host: 'browser'"),
    fake: "rendererFake.fakeConsole({ host: 'browser', accounts: [] })",
  },
  settings(
    'settings-managed',
    `managed: ['gateway', 'proxy', 'updates', 'language'], ${PASSPHRASE},
      preferences: { language: 'zh', updates: { automatic: false, feed: null } },
      proxy: { settings: { mode: 'manual', url: 'http://proxy.example:8080', username: null }, hasPassword: false }`,
  ),
  {
    ...settings(
      'settings-full',
      `${PASSPHRASE}, preferences: { notices: { off: ['recovered'], quiet: { from: '22:00', to: '08:00' } } },
        update: { state: 'ready', version: '0.2.0', percent: null, at: Date.now(), detail: null },
        proxy: { settings: { mode: 'manual', url: 'http://proxy.example:8080', username: 'office' }, hasPassword: true }`,
      async (page) => {
        await button(page, /测试连接|Test the connection/).click();
        await page.getByText('1204 ms').waitFor();
      },
    ),
    isWhole: true,
  },
  settings('settings-passphrase', '', async (page) => {
    await button(page, /^(设置口令|Set a passphrase)$/).click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('password12');
  }),
  settings('settings-passphrase-wrong', PASSPHRASE, async (page) => {
    await button(page, /^(移除|Remove)$/).click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('not this');
    await page.getByRole('dialog').locator('button[type=submit]').click();
  }),
  settings('settings-export', '', async (page) => {
    await button(page, /^(导出…|Export…)$/).click();
    await page.getByRole('radio').last().click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('four words of no relation');
  }),
  settings('settings-exported', '', async (page) => {
    await button(page, /^(导出…|Export…)$/).click();
    await page.getByRole('dialog').locator('button[type=submit]').click();
  }),
  settings('settings-import', '', (page) => choose(page, '-----BEGIN AGE ENCRYPTED FILE-----')),
  settings('settings-imported', '', async (page) => {
    await choose(page, '{}');
    await page.getByRole('dialog').locator('button[type=submit]').click();
  }),
  settings('shortcuts', PASSPHRASE, (page) => page.keyboard.press('?')),
  {
    ...settings('shortcuts-browser', '', (page) => page.keyboard.press('?')),
    fake: "rendererFake.fakeConsole({ host: 'browser' })",
  },
  locked('locked', 'system: true'),
  locked('locked-wrong', '', async (page) => {
    await page.getByRole('textbox').fill('not this one');
    await page.keyboard.press('Enter');
    await page.locator('summary').click();
  }),
  locked('locked-wait', 'until: Date.now() + 64000'),
  servers('servers', ''),
  servers('servers-redis', '?way=wxjava'),
  servers('servers-missing', '?way=powerwechat'),
  servers('servers-200', '', 'accounts: rendererFake.manyAccounts(200)'),
  servers('servers-none', '', 'accounts: []'),
  servers(
    'servers-off',
    '?way=easywechat6',
    `handout: { clients: [], gateway: { settings: { enabled: false, host: '127.0.0.1', port: 7321, tls: null },
      url: null, problem: null, isFixed: false }, redis: { settings: null, hasPassword: false, status: 'off',
      since: Date.now(), detail: null }, accounts: [] }`,
  ),
  servers(
    'servers-trouble',
    '?way=file',
    `handout: { gateway: { settings: { enabled: true, host: '0.0.0.0', port: 7321, tls: null }, url: null,
      problem: 'listen EADDRINUSE: address already in use 0.0.0.0:7321', isFixed: true },
      redis: { settings: { host: 'redis.example', port: 6379, db: 0, username: 'console', tls: true }, hasPassword: true,
        status: 'failing', since: Date.now() - 600000, detail: 'WRONGPASS invalid username-password pair' },
      accounts: [{ appId: '${id(1)}', file: { path: '/srv/tokens/shop.json', format: 'json' },
        fileState: { state: 'failing', at: null, detail: 'EACCES: permission denied' },
        targets: [{ profile: 'wxjava', keys: ['wa:access_token:${id(1)}'],
          place: { state: 'waiting', at: Date.now() - 600000, detail: null } }] }] }`,
  ),
  servers('servers-gateway', '', '', async (page) => {
    await button(page, /网关设置|Gateway settings/).click();
    await page.getByRole('checkbox').click();
  }),
  servers('servers-expose', '', '', async (page) => {
    await button(page, /网关设置|Gateway settings/).click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('0.0.0.0');
    await button(page, /^(保存|Save)$/).click();
  }),
  servers('servers-redis-form', '', '', (page) => button(page, /Redis 设置|Redis settings/).click()),
  servers('servers-key', '', 'accounts: rendererFake.manyAccounts(200)', async (page) => {
    await button(page, /新建密钥|New key/).click();
    await page.getByRole('radio', { name: /只有|Only/ }).click();
    await page.getByRole('checkbox').first().click();
  }),
  servers('servers-key-made', '', '', async (page) => {
    await button(page, /新建密钥|New key/).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Orders');
    await button(page, /^(新建|Make the key)$/).click();
  }),
  servers('servers-revoke', '', '', (page) => button(page, /撤销|Revoke/).click()),
  servers('servers-target', '', '', async (page) => {
    await button(page, /添加 Redis 写入|Write it to Redis/).click();
    await page.getByRole('dialog').getByRole('combobox').selectOption('powerwechat');
    await page.getByText(/^(高级选项|Advanced)$/).click();
  }),
  servers('servers-file', '', '', async (page) => {
    await button(page, /设置令牌文件|Set up a token file/).click();
    await page.getByRole('dialog').getByRole('textbox').last().fill('644');
  }),
  { name: 'sign-in', hash: '#/', fake: 'undefined' },
];

const SIZES = [
  { width: 900, height: 600 },
  { width: 1440, height: 900 },
  // 900 x 600 at 200 %.
  { width: 450, height: 300 },
] as const;

async function look(
  browser: Browser,
  script: string,
  url: string,
  screen: Screen,
  language: string,
  dark: boolean,
) {
  const context = await browser.newContext({
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    viewport: screen.size ?? SIZES[1],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(`${script};window.tokenConsole = ${screen.fake};`);
  await page.goto(`${url}${screen.hash}`);
  await page.locator('h1').waitFor();
  await page.waitForTimeout(150);
  await screen.act?.(page);
  await page.waitForTimeout(250);
  const name = `${screen.name}-${language}-${dark ? 'dark' : 'light'}`;
  const axe = await new AxeBuilder({ page }).analyze();
  for (const violation of axe.violations) {
    faults.push(
      `axe ${violation.id}: ${violation.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
    );
  }
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(120);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (overflow > 0) faults.push(`${size.width} px: ${overflow} px cut off`);
    const path = `test-output/${name}-${size.width}.png`;
    await page.screenshot({ path, fullPage: screen.isWhole ?? false });
  }
  await context.close();
  return faults.map((fault) => `${name}: ${fault}`);
}

await mkdir('test-output', { recursive: true });
const wanted = process.argv.slice(2);
const script = await fakeConsoleScript();
const { url, server } = await serveRenderer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
});
const views = SCREENS.filter((screen) => wanted.length === 0 || wanted.includes(screen.name)).flatMap(
  (screen) => ['zh', 'en'].flatMap((language) => [false, true].map((dark) => ({ screen, language, dark }))),
);
const faults: string[] = [];
const left = [...views];
async function lookAtAll(): Promise<void> {
  for (let view = left.shift(); view !== undefined; view = left.shift()) {
    faults.push(...(await look(browser, script, url, view.screen, view.language, view.dark)));
  }
}
await Promise.all([lookAtAll(), lookAtAll(), lookAtAll()]);
await browser.close();
server.close();
for (const fault of faults) console.log(fault);
console.log(`${views.length} screens looked at, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
