/** What business servers and impatient people can cause at WeChat: over the real wire, counted there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../electron/console/contract.ts';
import { APP_ID, type Harness, startHarness } from '../support/console-harness.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let on: Harness;
beforeEach(async () => {
  on = await startHarness();
});
afterEach(() => on.close());

const live = ({ phase }: AccountView) => phase === 'live';
const calls = () => on.sandbox.world.calls().map(({ path }) => path.replace('/cgi-bin/', ''));
const stale = () => on.app.desk.token(APP_ID)?.accessToken ?? '';

/** A live token, and then this answer to whoever asks WeChat for anything. */
async function answered(errcode: number): Promise<void> {
  await on.add();
  await on.until(live);
  on.advance(2 * MINUTE);
  on.sandbox.world.inject({ kind: 'errcode', errcode, errmsg: 'said so' });
  await on.run('tokens.refresh', { appId: APP_ID });
  on.sandbox.world.lift();
  on.sandbox.world.inject({ kind: 'errcode', errcode, errmsg: 'said so' });
}

/** Several servers that ask without end, for so many minutes. */
async function besieged(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes * MINUTE; passed += 5 * SECOND) {
    const asked = ['订单服务', '会员服务', 'crm'].map((name) => on.app.desk.renew(APP_ID, stale(), name));
    await Promise.all(asked);
    on.advance(5 * SECOND);
    await on.app.accounts.get(APP_ID)?.keeper?.settled();
  }
}

describe('business servers that ask without end', () => {
  it.each([
    // code, calls for a token that the plan makes in six minutes, checks at most
    [89507, 0, 0],
    [89506, 0, 0],
    [89503, 1, 0],
    [40164, 1, 0],
    [40243, 0, 40],
    [50007, 0, 40],
    [45009, 0, 40],
  ])('after %i cause nothing that is not planned', async (errcode, planned, checks) => {
    await answered(errcode);
    const before = calls().length;
    const rows = (await on.run('history.query', { limit: 500 })).rows.length;
    await besieged(6);
    const since = calls().slice(before);
    expect(since.filter((path) => path === 'token')).toHaveLength(planned);
    expect(since.filter((path) => path !== 'token').length).toBeLessThanOrEqual(checks);
    const written = (await on.run('history.query', { limit: 500 })).rows.length - rows;
    expect(written).toBeLessThanOrEqual(planned + 2);
  });

  it('are told when the console asks again, and get the token that lives', async () => {
    await answered(89503);
    const { nextAttemptAt } = on.view();
    const renewal = await on.app.desk.renew(APP_ID, stale(), '订单服务');
    expect(renewal).toEqual({ result: 'declined', code: 'waits-for-plan', until: nextAttemptAt });
    expect(on.view().confirmation).toMatchObject({ probesLeft: 12 });
    expect(stale()).not.toBe('');
  });

  it('use no probe up, and the probes end', async () => {
    await answered(89503);
    for (let n = 0; n < 20; n++) await besieged(5);
    expect(on.view()).toMatchObject({ confirmation: { probesLeft: 0 }, nextAttemptAt: null });
    expect(calls().filter((path) => path === 'token')).toHaveLength(2 + 12);
  }, 60_000);

  it('cause nothing while the account is paused', async () => {
    await on.add();
    await on.until(live);
    await on.run('accounts.update', { appId: APP_ID, changes: { paused: true } });
    const before = calls().length;
    await besieged(6);
    expect(calls()).toHaveLength(before);
  });
});

it('the row of a check is written once for what it says, whoever asks', async () => {
  await on.add();
  await on.until(live);
  for (let n = 0; n < 4; n++) {
    on.advance(11 * SECOND);
    await on.app.desk.renew(APP_ID, stale(), '订单服务');
  }
  expect(calls()).toEqual(['token', ...Array(4).fill('get_api_domain_ip')]);
  const { rows } = await on.run('history.query', { trigger: 'verify', limit: 10 });
  expect(rows).toMatchObject([{ actor: '订单服务', outcome: 'granted' }]);
});

describe('fifty people who force a refresh at one moment', () => {
  const force = () => on.run('tokens.refresh', { appId: APP_ID, force: true });

  it('are one call on the standard line, and the token before it keeps its five minutes', async () => {
    await on.add();
    const old = (await on.until(live)).token?.fingerprint;
    const views = await Promise.all(Array.from({ length: 50 }, force));
    expect(calls()).toEqual(['token', 'token']);
    for (const view of views) expect(view.previousToken?.fingerprint).toBe(old);
  });

  it('are one call on the stable line, forced', async () => {
    await on.add({ line: 'stable' });
    await on.until(live);
    await Promise.all(Array.from({ length: 50 }, force));
    expect(on.sandbox.world.calls().map((call) => call.force)).toEqual([false, true]);
  });

  it('beside a call that is not forced are one more on the stable line, none on the standard', async () => {
    for (const line of ['stable', 'standard'] as const) {
      await on.add({ line });
      await on.until(live);
      const before = calls().length;
      const plain = on.run('tokens.refresh', { appId: APP_ID });
      await Promise.all([plain, ...Array.from({ length: 50 }, force)]);
      const forced = on.sandbox.world
        .calls()
        .slice(before)
        .map((call) => call.force);
      expect(forced).toEqual(line === 'stable' ? [false, true] : [false]);
      await on.run('accounts.remove', { appId: APP_ID });
    }
  });
});

describe('inside a block', () => {
  it('a check by hand is declined too, and nothing leaves', async () => {
    await answered(89507);
    const before = calls().length;
    const refused = await on.refused('tokens.verify', { appId: APP_ID });
    expect(refused).toMatchObject({ code: 'blocked-by-refusal', until: expect.any(Number) });
    expect(calls()).toHaveLength(before);
  });
});

it('a token that is found over is asked for by whoever finds it, once, and not when a timer rings', async () => {
  await on.add();
  const old = (await on.until(live)).token?.fingerprint;
  on.leap(3 * 60 * MINUTE);
  for (let n = 0; n < 50; n++) expect(on.app.desk.token(APP_ID)).toBeNull();
  await on.until(({ token }) => token !== null && token.fingerprint !== old);
  expect(calls()).toEqual(['token', 'token']);
});
