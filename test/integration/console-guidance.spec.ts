/** Somebody else refreshed, forced refreshes, a new AppSecret, clocks apart, the confirmation: over the real wire. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../electron/console/contract.ts';
import { APP_ID, type Harness, SECRET, startHarness } from '../support/console-harness.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let on: Harness;
beforeEach(async () => {
  on = await startHarness();
});
afterEach(() => on.close());

const live = ({ phase, token }: AccountView) => phase === 'live' && token !== null;
const settled = ({ phase }: AccountView) => phase !== 'new' && phase !== 'refreshing';
const paths = () => on.sandbox.world.calls().map(({ path }) => path.replace('/cgi-bin/', ''));
const rows = async (limit: number) => (await on.run('history.query', { limit })).rows;

describe('somebody else refreshed', () => {
  it('is seen within one check once the old token is dead; refreshed, counted, written down', async () => {
    await on.add();
    const before = await on.until(live);
    on.sandbox.world.mintElsewhere(APP_ID);
    on.advance(5 * MINUTE - 10 * SECOND);
    await on.until(({ lastCheck }) => lastCheck !== null);
    expect(on.view()).toMatchObject({ token: before.token, lastCheck: { result: 'valid' } });
    on.advance(5 * MINUTE);
    const after = await on.until(
      ({ overwrittenAt, phase }) => overwrittenAt.length === 1 && phase === 'live',
    );
    expect(after.token?.fingerprint).not.toBe(before.token?.fingerprint);
    expect(after.lastCheck).toMatchObject({ result: 'dead', errcode: 40001 });
    expect(await rows(2)).toMatchObject([
      { trigger: 'passive', actor: 'console', outcome: 'granted' },
      { trigger: 'verify', actor: 'console', outcome: 'refused', errcode: 40001 },
    ]);
    expect(paths()).toEqual(['token', 'get_api_domain_ip', 'get_api_domain_ip', 'token']);
  });

  it('is told by the button, and refreshed at once', async () => {
    await on.add();
    const before = await on.until(live);
    on.sandbox.world.mintElsewhere(APP_ID);
    on.sandbox.world.mintElsewhere(APP_ID);
    expect(await on.run('tokens.verify', { appId: APP_ID })).toMatchObject({ valid: false, errcode: 40001 });
    const after = await on.until(({ phase, token }) => phase === 'live' && token !== null);
    expect(after.token?.fingerprint).not.toBe(before.token?.fingerprint);
    expect(after.overwrittenAt).toHaveLength(1);
  });

  it('is remembered over a restart, and the dead token is not handed out again', async () => {
    await on.add();
    await on.until(live);
    await on.run('accounts.update', { appId: APP_ID, changes: { paused: true } });
    on.sandbox.world.mintElsewhere(APP_ID);
    on.sandbox.world.mintElsewhere(APP_ID);
    await on.run('tokens.verify', { appId: APP_ID });
    await on.restart();
    await on.until(({ phase }) => phase === 'paused');
    expect(on.view()).toMatchObject({ token: null, phase: 'paused' });
    expect(on.view().overwrittenAt).toHaveLength(1);
    await on.run('accounts.update', { appId: APP_ID, changes: { paused: false } });
    await on.until(live);
  });

  it('is looked for as often as the account says, and no more', async () => {
    await on.add({ checkMinutes: 15 });
    await on.until(live);
    on.advance(14 * MINUTE);
    await on.run('accounts.update', { appId: APP_ID, changes: { checkMinutes: 0 } });
    for (let n = 0; n < 3; n++) on.advance(20 * MINUTE);
    await on.app.accounts.get(APP_ID)?.keeper?.settled();
    expect(paths()).toEqual(['token']);
    expect(on.view().checkMinutes).toBe(0);
    await on.restart();
    expect((await on.until(live)).checkMinutes).toBe(0);
  });

  it('leaves a live token alone when the check gets no answer', async () => {
    await on.add();
    const { token } = await on.until(live);
    on.sandbox.world.inject({ kind: 'reset' });
    expect(await on.refused('tokens.verify', { appId: APP_ID })).toMatchObject({ code: 'no-answer' });
    expect(on.view()).toMatchObject({ token, phase: 'live', lastCheck: { result: 'unknown' } });
  });
});

describe('a refusal', () => {
  it('is an hour without one call, token or check, over a restart; the steps are kept', async () => {
    await on.add({ line: 'stable' });
    await on.until(live);
    on.sandbox.world.change(APP_ID, { confirmation: true });
    on.sandbox.world.refuse(APP_ID);
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(on.view().phase).toBe('refused');
    const steps = on.view().confirmationSteps;
    expect(steps).toMatchObject([{ step: 'refused-once', errcode: 89507 }]);
    const calls = paths().length;
    for (let n = 0; n < 11; n++) {
      on.advance(5 * MINUTE);
      if (n === 5) await on.restart();
      await on.app.accounts.get(APP_ID)?.keeper?.settled();
    }
    expect(await on.refused('accounts.setSecret', { appId: APP_ID, secret: SECRET })).toMatchObject({
      code: 'blocked-by-refusal',
    });
    expect(paths()).toHaveLength(calls);
    expect(on.sandbox.world.calls().some(({ duringBlock }) => duringBlock)).toBe(true);
    expect(on.view()).toMatchObject({ phase: 'refused', confirmationSteps: steps });
  });
});

describe('the confirmation', () => {
  it('keeps the probes already used and its steps over a restart', async () => {
    on.sandbox.world.change(APP_ID, { confirmation: true });
    await on.add();
    expect((await on.until(settled)).confirmation?.probesLeft).toBe(12);
    for (const left of [11, 10, 9]) {
      on.advance(5 * MINUTE + SECOND);
      await on.until(({ confirmation }) => confirmation?.probesLeft === left);
    }
    const { confirmationSteps } = on.view();
    expect(confirmationSteps.map(({ step, times }) => [step, times])).toEqual([
      ['asked', 1],
      ['waiting', 3],
    ]);
    await on.restart();
    await on.until(settled);
    expect(on.view()).toMatchObject({ confirmationSteps, confirmation: { probesLeft: 9 } });
    for (let left = 8; left >= 0; left--) {
      on.advance(5 * MINUTE + SECOND);
      await on.until(({ confirmation }) => confirmation?.probesLeft === left);
    }
    const calls = paths().length;
    on.advance(2 * HOUR);
    await on.app.accounts.get(APP_ID)?.keeper?.settled();
    expect(paths()).toHaveLength(calls);
    on.sandbox.world.confirm(APP_ID);
    await on.run('tokens.refresh', { appId: APP_ID });
    expect(on.view()).toMatchObject({ phase: 'live', confirmation: null });
    expect(on.view().confirmationSteps.at(-1)?.step).toBe('confirmed');
  });
});

describe('an address that changes', () => {
  it('is told beside the one that worked, over a restart', async () => {
    on.sandbox.world.change(APP_ID, { whitelist: [] });
    await on.add();
    await on.until(settled);
    on.sandbox.world.change(APP_ID, { whitelist: ['203.0.113.7'] });
    await on.run('tokens.refresh', { appId: APP_ID });
    on.sandbox.world.setCallerIp('198.51.100.8', APP_ID);
    await on.run('tokens.refresh', { appId: APP_ID });
    await on.restart();
    const { addresses, callerIp } = await on.until(settled);
    expect(callerIp).toBe('198.51.100.8');
    expect(addresses).toMatchObject([
      { ip: '198.51.100.8', workedAt: null },
      { ip: '203.0.113.7', workedAt: expect.any(Number) },
    ]);
  });
});

describe('a leak drill', () => {
  it('is two forced calls, after which no older token works', async () => {
    await on.add({ line: 'stable' });
    await on.until(live);
    const leaked = on.sandbox.world.usableTokens(APP_ID, 'stable')[0]?.accessToken;
    expect((await on.run('tokens.drill', { appId: APP_ID })).drill).toMatchObject({ state: 'waiting' });
    on.advance(31 * SECOND);
    await on.until(({ drill }) => drill?.state === 'done');
    const usable = on.sandbox.world.usableTokens(APP_ID, 'stable').map(({ accessToken }) => accessToken);
    expect(usable).not.toContain(leaked);
    expect(on.view().force?.usedAt).toHaveLength(2);
    expect(on.sandbox.world.calls().filter(({ force }) => force)).toHaveLength(2);
  });

  it('is declined on the standard line and when the budget is used up', async () => {
    await on.add();
    await on.until(live);
    expect(await on.refused('tokens.drill', { appId: APP_ID })).toMatchObject({ code: 'stable-line-only' });
    await on.run('accounts.update', { appId: APP_ID, changes: { line: 'stable' } });
    await on.until(({ force }) => force !== null);
    for (let n = 0; n < 19; n++) {
      on.advance(31 * SECOND);
      await on.run('tokens.refresh', { appId: APP_ID, force: true });
    }
    on.advance(31 * SECOND);
    expect(await on.refused('tokens.drill', { appId: APP_ID })).toMatchObject({ code: 'force-budget-used' });
    await on.run('tokens.refresh', { appId: APP_ID, force: true });
    expect(on.view().force?.usedAt).toHaveLength(20);
    on.advance(31 * SECOND);
    const error = await on.refused('tokens.refresh', { appId: APP_ID, force: true });
    expect(error.code).toBe('force-budget-used');
    expect(error.until).toBeGreaterThan(Date.now() + 23 * HOUR);
  });
});

describe('a new AppSecret', () => {
  const NEW = 'sandbox-secret-after-the-reset';

  it('is tried on the stable line, so that a live standard token stays', async () => {
    await on.add();
    const before = await on.until(live);
    on.sandbox.world.change(APP_ID, { secret: NEW });
    const view = await on.run('accounts.setSecret', { appId: APP_ID, secret: NEW });
    expect(view).toMatchObject({ phase: 'live', token: before.token });
    expect(paths()).toEqual(['token', 'stable_token']);
    expect(await rows(1)).toMatchObject([
      { trigger: 'secret-changed', actor: 'admin', line: 'stable', outcome: 'granted' },
    ]);
    expect((await on.run('tokens.refresh', { appId: APP_ID })).phase).toBe('live');
  });

  it('that WeChat does not accept changes nothing, and the old one goes on working', async () => {
    await on.add();
    const before = await on.until(live);
    const error = await on.refused('accounts.setSecret', { appId: APP_ID, secret: NEW });
    expect(error).toMatchObject({ code: 'secret-rejected', attempt: { errcode: 40125, outcome: 'refused' } });
    expect(on.view()).toMatchObject({ phase: 'live', token: before.token, trouble: null });
    await on.restart();
    await on.until(live);
    expect((await on.run('tokens.refresh', { appId: APP_ID })).lastAttempt?.outcome).toBe('granted');
  });

  it.each([
    [
      'the address is not on the whitelist',
      () => on.sandbox.world.change(APP_ID, { whitelist: [], secret: NEW }),
      40164,
    ],
    [
      'the secret is frozen',
      () => on.sandbox.world.change(APP_ID, { standing: 'secret-frozen', secret: NEW }),
      40243,
    ],
    ['no answer comes', () => on.sandbox.world.inject({ kind: 'captive-page' }, { calls: 1 }), null],
  ])('is not stored while %s, unless a person says so', async (_, spoil, errcode) => {
    await on.add();
    await on.until(live);
    spoil();
    const error = await on.refused('accounts.setSecret', { appId: APP_ID, secret: NEW });
    expect(error).toMatchObject({ code: 'secret-untested', attempt: { errcode } });
    expect(on.app.safe.secretFor(APP_ID, 'https://api.weixin.qq.com')).toBe(SECRET);
    await on.run('accounts.setSecret', { appId: APP_ID, secret: NEW, untested: true });
    expect(on.app.safe.secretFor(APP_ID, 'https://api.weixin.qq.com')).toBe(NEW);
  });

  it('ends a secret trouble at once', async () => {
    await on.add({ secret: 'sandbox-secret-of-another' });
    await on.until(settled);
    await on.run('accounts.setSecret', { appId: APP_ID, secret: SECRET });
    await on.until(live);
  });

  it('is in no error, no row and no log', async () => {
    await on.add();
    await on.until(live);
    const error = await on.refused('accounts.setSecret', { appId: APP_ID, secret: NEW });
    for (const text of [JSON.stringify(error), JSON.stringify(await rows(10)), ...on.logged])
      expect(text).not.toContain(NEW);
  });
});

describe('clocks apart', () => {
  it('by five minutes are told once, with the token living its whole life; in step again, no more', async () => {
    on.sandbox.advance(5 * MINUTE);
    await on.add();
    const { token } = await on.until(live);
    const clockOff = () => on.app.state().notices.find(({ id }) => id === 'clock-off');
    expect(Math.abs(Number(clockOff()?.detail) + 300)).toBeLessThanOrEqual(2);
    expect(Math.abs((token?.expiresAt ?? 0) - Date.now() - 7200 * SECOND)).toBeLessThan(2 * SECOND);
    await on.run('tokens.verify', { appId: APP_ID });
    expect(on.events.filter(({ type }) => type === 'notices-changed')).toHaveLength(1);
    on.sandbox.advance(-5 * MINUTE);
    await on.run('tokens.verify', { appId: APP_ID });
    expect(clockOff()).toBeUndefined();
  });

  it('by less than a minute are not worth a word', async () => {
    on.sandbox.advance(-50 * SECOND);
    await on.add();
    await on.until(live);
    expect(on.app.state().notices).toEqual([]);
  });
});
