/** Every way to end the app ends it: process, lock, tray, the token on the clipboard; and nothing is lost. */

import type { App } from '../../real-electron/app.ts';
import { startDesktop } from '../../real-electron/desktop/desktop.ts';
import { APP_ID, expect, type Tester, test } from './fixtures.ts';

const ENDED = { code: 0, signal: null };
const MEMORY = ['--vault', 'memory'];

async function unansweredRefresh(tester: Tester, app: App): Promise<void> {
  tester.sandbox.world.inject({ kind: 'no-answer' });
  void app.run('tokens.refresh', { appId: APP_ID, force: true }).catch(() => undefined);
  await expect.poll(async () => (await app.run('state.get', {})).accounts[0]?.phase).toBe('refreshing');
}

test('SIGTERM, with no account and nothing to wait for', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  expect(await app.stop()).toEqual(ENDED);
});

test('the menu’s key, with a live account and its token on the clipboard', async ({ tester }) => {
  const app = await tester.start();
  await app.page();
  await tester.addAccount(app);
  const { accessToken } = await app.run('tokens.reveal', { appId: APP_ID });
  await app.run('tokens.copy', { appId: APP_ID });
  await expect.poll(() => tester.clipboard()).toBe(accessToken);
  await tester.press(app, 'ctrl+q');
  expect(await app.ended()).toEqual(ENDED);
  expect(tester.clipboard()).not.toContain(accessToken);
});

test('the tray, and a second start finds the folder free', async ({ tester }) => {
  const first = await tester.start({ args: MEMORY });
  await first.page();
  await tester.chooseInTray('退出');
  expect(await first.ended()).toEqual(ENDED);
  const second = await tester.start({ args: MEMORY });
  await second.page();
  expect(await second.stop()).toEqual(ENDED);
});

test('asked for again and again, during a refresh that is never answered', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  await tester.addAccount(app);
  await unansweredRefresh(tester, app);
  // A second SIGTERM would be the system's own end: Chromium takes the first one only.
  await app.electron.evaluate(({ app: electron }) => {
    electron.quit();
    electron.quit();
    setTimeout(() => electron.quit(), 20);
    setTimeout(() => electron.quit(), 400);
  });
  expect(await app.ended()).toEqual(ENDED);
});

test('while it asks where to save an export', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  await tester.addAccount(app);
  void app.run('accounts.export', {}).catch(() => undefined);
  await expect.poll(() => tester.titles()).toHaveLength(2);
  expect(await app.stop()).toEqual(ENDED);
});

for (const [what, end] of [
  ['the end of the session: the screen goes, and the bus with it', 'close'],
  ['a session bus that goes away', 'stopBus'],
] as const) {
  test(`${what}, ends it, and nothing is lost`, async ({ tester }) => {
    const session = await startDesktop();
    const app = await tester.start({ args: MEMORY, env: session.env });
    await app.page();
    await tester.addAccount(app);
    await session[end]();
    await app.ended(); // by a code or signal of Chromium's own: it does not stay without either
    const again = await tester.start({ args: MEMORY });
    await again.page();
    expect((await again.run('state.get', {})).accounts.map(({ appId }) => appId)).toEqual([APP_ID]);
    await session.close();
  });
}

test('killed while it quits, it has lost nothing', async ({ tester }) => {
  const app = await tester.start();
  await app.page();
  await tester.addAccount(app);
  const calls = tester.sandbox.world.calls().length;
  app.child.kill('SIGTERM');
  app.kill();
  await app.exited;
  const again = await tester.start();
  await again.page();
  expect((await again.run('state.get', {})).accounts[0]).toMatchObject({ phase: 'live', secret: 'stored' });
  expect(tester.sandbox.world.calls()).toHaveLength(calls);
});

test('a start while the app is ending: it ends, and comes back', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  await tester.addAccount(app);
  await unansweredRefresh(tester, app); // the end waits for it for a while
  await app.electron.evaluate(({ app: electron }) => {
    const argv = [process.execPath, '--no-sandbox', ...process.argv.slice(1)];
    electron.quit();
    // As the second process has it told, which starts too slowly to be sure to come in time.
    setTimeout(() => electron.emit('second-instance', {}, argv, ''), 100);
  });
  expect(await app.ended()).toEqual(ENDED);
  await expect
    .poll(() => tester.titles(), { timeout: 10_000 })
    .toEqual([expect.stringContaining('微信令牌控制台')]);
  tester.endAll(); // nobody holds the one that came back
});
