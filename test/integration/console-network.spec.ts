/** The network goes and comes back, as the desktop tells it: asked again at once, once an account. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const MINUTE = 60_000;
const OTHERS = Array.from({ length: 20 }, (_, n) => `wx00000000000000${(0xb0 + n).toString(16)}`);

let on: Harness;
beforeEach(async () => {
  on = await startHarness();
});
afterEach(() => on.close());

it('tries again within two seconds what had failed, each account once', async () => {
  on.sandbox.world.inject({ kind: 'reset' }, {});
  for (const appId of OTHERS) on.sandbox.world.add({ appId, secret: SECRET });
  const all = [APP_ID, ...OTHERS];
  for (const appId of all) await on.add({ appId, name: appId });
  await Promise.all(all.map((appId) => on.until(({ phase }) => phase === 'retrying', appId)));
  // Long enough without a network for the back-off to have grown to its longest.
  for (let n = 0; n < 12; n++) {
    on.advance(MINUTE);
    on.app.lookAgain();
    await Promise.all(all.map((appId) => on.until(({ phase }) => phase === 'retrying', appId)));
  }
  on.sandbox.world.lift();
  on.advance(6000);
  const before = on.sandbox.world.calls().length;
  const began = performance.now();
  on.app.networkBack();
  await Promise.all(all.map((appId) => on.until(({ phase }) => phase === 'live', appId)));
  expect(performance.now() - began).toBeLessThan(2000);
  expect(on.sandbox.world.calls().length - before).toBe(all.length);
});
