/** The smallest window that the app allows, with the system's own scroll bars: no screen is cut off at its right. */
import { ROUTES } from '../looks.ts';
import { expect, test } from './fixtures.ts';

const SMALLEST = { width: 720, height: 480 };

// In English, whose words are longer; look.spec.ts has both languages, with scroll bars shown.
test('nothing is cut off', async ({ tester }) => {
  const app = await tester.start({ args: ['--demo'], locale: 'en-GB' });
  const page = await app.page();
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds(size),
    SMALLEST,
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(SMALLEST.width);
  const widths: number[] = [];
  for (const [name, route] of Object.entries(ROUTES)) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, route);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const { clientWidth, scrollWidth } = await page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      return { clientWidth, scrollWidth };
    });
    widths.push(clientWidth);
    expect(scrollWidth - clientWidth, name).toBeLessThanOrEqual(0);
  }
  expect(Math.min(...widths), 'a scroll bar that takes room').toBeLessThan(SMALLEST.width);
});
