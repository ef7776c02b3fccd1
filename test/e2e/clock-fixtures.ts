/**
 * A desk whose clocks can be moved: the console's, WeChat's and the page's together. The console runs in the
 * process of the test (support/console-over-http.ts); everything else is as in fixtures.ts.
 */
import { test as base, expect, type Page } from '@playwright/test';
import type { Harness, HarnessOptions } from '../support/console-harness.ts';
import { startOverHttp } from '../support/console-over-http.ts';

export { APP_ID, SECRET } from '../support/console-harness.ts';
export { expect };

export interface ClockDesk {
  readonly page: Page;
  readonly console: Harness;
  /** Opens a screen by its address. */
  open(route: string): Promise<void>;
  /** Lets time pass for the console, WeChat and the page. */
  advance(ms: number): Promise<void>;
  /** Ends the console, opens it on the same data folder, and the page as a person would open it again. */
  restart(): Promise<void>;
}

export const test = base.extend<{ harness: HarnessOptions; desk: ClockDesk }>({
  harness: [{}, { option: true }],
  desk: async ({ page, harness: options }, use) => {
    const over = await startOverHttp(options);
    await page.clock.install();
    const enter = async () => {
      await page.goto('about:blank');
      await page.goto(over.address);
      await page.getByRole('heading', { level: 1 }).waitFor();
    };
    await enter();
    await use({
      page,
      console: over.harness,
      async open(route) {
        await page.evaluate((hash) => {
          window.location.hash = hash;
        }, route);
      },
      async advance(ms) {
        over.harness.advance(ms);
        await page.clock.fastForward(ms);
      },
      async restart() {
        const { hash } = new URL(page.url());
        await over.restart();
        await enter();
        await this.open(hash);
      },
    });
    await over.close();
  },
});
