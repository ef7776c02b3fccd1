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
}

const PHASES = 'rendererFake.fakeConsole({ refreshMs: 5000 })';
const id = (n: number) => `wx${(0xa0 + n).toString(16).padStart(16, '0')}`;
const account = (name: string, n: number, act?: Screen['act']): Screen => ({
  name,
  hash: `#/account/${id(n)}`,
  fake: PHASES,
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
    await button(page, /验证令牌|Check that/).click();
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
  account('whitelist', 3, (page) => page.locator('details summary').first().click()),
  account('refused', 4),
  account('refused-confirm', 4, (page) => button(page, /仍要提前|Try early/).click()),
  account('secret-wrong', 5),
  account('retrying', 6),
  account('overlap', 7),
  account('kill-confirm', 7, (page) => button(page, /^(刷新|Refresh)$/).click()),
  account('new', 8),
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
  { name: 'settings', hash: '#/settings', fake: PHASES },
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
    const isExpected = screen.name === 'sign-in' && message.text().includes('401');
    if (message.type() === 'error' && !isExpected) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript(`${script};window.tokenConsole = ${screen.fake};`);
  if (screen.name === 'sign-in') {
    await page.route('**/bridge/**', (route) => route.fulfill({ status: 401, body: '{}' }));
  }
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
    await page.screenshot({ path: `test-output/${name}-${size.width}.png` });
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
