/** Every way to end the app ends it: its process, its lock, its tray, and the token on the clipboard. */
import { APP_ID, expect, test } from './fixtures.ts';

const ENDED = { code: 0, signal: null };

test('with no account and nothing to wait for', async ({ tester }) => {
  const app = await tester.start({ args: ['--vault', 'memory'] });
  await app.page();
  expect(await app.stop()).toEqual(ENDED);
});

test('by the menu’s key, with a live account and its token on the clipboard', async ({ tester }) => {
  const app = await tester.start();
  await app.page();
  await tester.addAccount(app);
  await app.run('tokens.copy', { appId: APP_ID });
  await app.act('focus');
  tester.desktop.run('xdotool', 'key', 'ctrl+q');
  expect(await app.ended()).toEqual(ENDED);
  expect(tester.desktop.run('xclip', '-o', '-selection', 'clipboard')).not.toMatch(/^\w{20,}/);
});
