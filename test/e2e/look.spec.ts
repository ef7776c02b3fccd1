/**
 * Every screen, in both languages and themes: nothing cut off, nothing untranslated, nothing that axe or the
 * page's Content-Security-Policy objects to.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { cutOff, expectToBeAccessible, expectToFit, LOOKS, ROUTES } from './looks.ts';

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

/**
 * 200 % of a 1440 wide window leaves 720 CSS pixels, which is also the smallest window on the desktop; from 960 on the
 * sidebar stands beside the screen and leaves it the least.
 */
const NARROW = [
  { width: 720, height: 450 },
  { width: 960, height: 600 },
] as const;

for (const locale of ['zh-CN', 'en-GB']) {
  test.describe(`where there is little room, ${locale}`, () => {
    test.use({ locale, demo: true });

    test('nothing is cut off', async ({ desk }) => {
      test.setTimeout(60_000);
      const { page } = desk;
      for (const [name, route] of Object.entries(ROUTES)) {
        await desk.open(route);
        await page.getByRole('heading', { level: 1 }).waitFor();
        for (const size of NARROW) {
          await page.setViewportSize(size);
          expect(await cutOff(page), `${name} at ${size.width}`).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}
