/** What a demo leaves behind in the temporary folder, and that the next one removes it. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { App } from '../../real-electron/app.ts';
import { expect, test } from './fixtures.ts';

test('a demo removes what earlier ones have left, and nothing of one that runs', async ({ tester }) => {
  const start = async () => {
    const app = await tester.start({ args: ['--demo'], env: { TMPDIR: tester.folder } });
    await app.page();
    return app;
  };
  /** The folders by the demos they belong to: its Chromium's and its console's. */
  const left = () =>
    readdirSync(tester.folder)
      .map((name) => /^wechat-token-console-demo-(\d+)-/.exec(name)?.[1])
      .filter((pid) => pid !== undefined)
      .sort();
  const both = (...apps: App[]) => apps.flatMap((app) => Array(2).fill(`${app.child.pid}`)).sort();

  const killed = await start();
  const folder = await killed.read(({ app }) => app.getPath('userData'));
  killed.kill();
  await killed.exited;
  expect(left()).toEqual(both(killed));
  expect(readdirSync(tester.folder)).toContain(basename(folder));

  const running = await start();
  expect(left()).toEqual(both(running));

  const beside = await start();
  expect(left()).toEqual(both(running, beside));
  expect((await running.run('state.get', {})).accounts.length).toBeGreaterThan(5);
  expect(await beside.stop()).toEqual({ code: 0, signal: null });
  expect(await running.stop()).toEqual({ code: 0, signal: null });

  const last = await start();
  expect(left()).toEqual(both(last));
});
