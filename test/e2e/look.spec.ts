/**
 * Every screen, in both languages and themes: nothing cut off, nothing untranslated, nothing that axe or the
 * page's Content-Security-Policy objects to.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectToBeAccessible, expectToFit, hasTurn, LOOKS, ROUTES } from './looks.ts';

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
        // axe takes a second a page.
        if (hasTurn(n, colorScheme)) await expectToBeAccessible(page, name);
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
