/** Which screens are looked at and how: in which languages and colours, at which sizes, and by what it is judged. */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SCREENS = join(import.meta.dirname, '..', '..', 'test-output', 'screens');

const all = [
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'dark' },
  { locale: 'en-GB', colorScheme: 'light' },
] as const;

/** For a person who looks (`npm run looks`): each language in each theme, and pictures, which judge nothing. */
const IS_FOR_EYES = process.env.WTC_LOOKS === 'all';

/** Each language and each theme once. */
export const LOOKS = IS_FOR_EYES ? all : all.slice(0, 2);

/** Of many of a kind, every other one in each of the LOOKS, so that each is looked at once; for eyes all of them. */
export function hasTurn(index: number, colorScheme: 'light' | 'dark'): boolean {
  return IS_FOR_EYES || (index % 2 === 0) === (colorScheme === 'light');
}

/**
 * 200 % of a 1440 wide window leaves 720 CSS pixels, which is also the smallest window on the desktop; from 960 on the
 * sidebar stands beside the screen and leaves it the least.
 */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 960, height: 600 },
  { width: 720, height: 450 },
] as const;

/** CSS pixels that are cut off on the right. */
function cutOff(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Nothing is cut off, at each size. The pictures lie in test-output/screens; `isWhole`: what is below the fold too. */
export async function expectToFit(page: Page, name: string, isWhole = false): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (IS_FOR_EYES) {
      await page.screenshot({ path: join(SCREENS, `${name}-${size.width}.png`), fullPage: isWhole });
    }
    expect(await cutOff(page), `${name} at ${size.width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(SIZES[0]);
}

/** axe has no objection. In its legacy mode, since no Electron lets it open a page of its own (`Target.createTarget`). */
export async function expectToBeAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Each screen by its address; the accounts are the demo's. */
export const ROUTES = {
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
