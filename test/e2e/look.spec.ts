/**
 * Every screen, in both languages and themes: nothing cut off, nothing untranslated, nothing that axe or the
 * page's Content-Security-Policy objects to.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { cutOff, expectToBeAccessible, expectToFit, LOOKS } from './looks.ts';

/** Each screen by its address; the accounts are the demo's. */
const ROUTES = {
  overview: '#/',
  'account-live': '#/account/wx00000000000000d2',
  'account-refreshing': '#/account/wx00000000000000da',
  'account-awaiting-admin': '#/account/wx00000000000000d4',
  'account-refused': '#/account/wx00000000000000d5',
  'account-whitelist': '#/account/wx00000000000000d6',
  'account-wrong-secret': '#/account/wx00000000000000d7',
  'account-quota': '#/account/wx00000000000000d9',
  'account-paused': '#/account/wx00000000000000dc',
  'account-unknown': '#/account/wx00000000000000ff',
  'add-account': '#/add',
  'account-overwritten': '#/account/wx00000000000000dd',
  confirmations: '#/confirmations',
  servers: '#/servers',
  history: '#/history',
  errors: '#/errors',
  'error-entry': '#/errors/40164',
  'error-unknown': '#/errors/99999',
  settings: '#/settings',
  'settings-network': '#/settings?part=network',
  'settings-about': '#/settings?part=about',
};

/** What the page's console said that nobody should have to read. */
function listenForTrouble(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return said;
}

for (const { locale, colorScheme } of LOOKS) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({ locale, colorScheme, demo: true });

    test('every screen', async ({ desk }) => {
      test.setTimeout(120_000);
      const { page } = desk;
      const said = listenForTrouble(page);
      await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();
      const isChinese = locale.startsWith('zh');
      for (const [n, [name, route]] of Object.entries(ROUTES).entries()) {
        await desk.open(route);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expectToFit(page, `${name}-${locale}-${colorScheme}`);
        // axe takes a second a page: every other one in each theme, so that each is looked at once.
        if ((n % 2 === 0) === (colorScheme === 'light')) await expectToBeAccessible(page, name);
        const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
        const isWords = !name.startsWith('account-') && !/^\d+$/.test(heading);
        if (isWords) expect(/[\u4e00-\u9fff]/.test(heading), name).toBe(isChinese);
      }
      expect(said).toEqual([]);
    });
  });

  test.describe(`${locale}, ${colorScheme}, nothing there yet`, () => {
    test.use({ locale, colorScheme });

    test('first run', async ({ desk }) => {
      const { page } = desk;
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectToFit(page, `first-run-${locale}-${colorScheme}`);
      await expectToBeAccessible(page, 'first run');
    });
  });
}

test.describe('at 200 % zoom', () => {
  test.use({ demo: true });

  test('nothing is cut off', async ({ desk }) => {
    const { page } = desk;
    // 200 % of a 1440 wide window leaves 720 CSS pixels.
    await page.setViewportSize({ width: 720, height: 450 });
    for (const [name, route] of Object.entries(ROUTES)) {
      await desk.open(route);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await cutOff(page), name).toBeLessThanOrEqual(0);
    }
  });
});
