import { expect, test } from 'vitest';
import { newHands, SECRET, SHOP } from './hands.ts';

const OTHER = 'wx00000000000000a2';

test('WeChat is busy for the next calls of one account, and nothing is issued meanwhile', () => {
  const { world, standard } = newHands();
  world.add({ appId: OTHER, secret: SECRET });
  world.inject({ kind: 'errcode', errcode: -1 }, { appId: SHOP, calls: 2 });
  expect(standard()).toMatchObject({ errcode: -1, errmsg: expect.stringMatching(/^system error rid: /) });
  expect(standard({ appid: OTHER })).toHaveProperty('access_token');
  expect(standard().errcode).toBe(-1);
  expect(world.usableTokens(SHOP, 'standard')).toHaveLength(0);
  expect(standard()).toHaveProperty('access_token');
});

test('any code can be tried, with a text of its own', () => {
  const { world, standard } = newHands();
  world.inject(
    { kind: 'errcode', errcode: 61004, errmsg: 'access clientip is not registered' },
    { calls: 1 },
  );
  expect(standard()).toMatchObject({
    errcode: 61004,
    errmsg: expect.stringMatching(/^access clientip is not .* rid: /),
  });
});

test('a fault without an end lasts until it is lifted', () => {
  const { world, standard } = newHands();
  world.inject({ kind: 'errcode', errcode: -1 }, { appId: SHOP });
  for (let call = 0; call < 5; call += 1) expect(standard().errcode).toBe(-1);
  world.lift(OTHER);
  expect(standard().errcode).toBe(-1);
  world.lift(SHOP);
  expect(standard()).toHaveProperty('access_token');
});

test.each(['cut-off', 'no-answer', 'broken-json'] as const)(
  '%s: the token was issued all the same',
  (kind) => {
    const { world, standard } = newHands();
    world.inject({ kind }, { calls: 1 });
    standard();
    expect(world.usableTokens(SHOP, 'standard')).toHaveLength(1);
  },
);

test.each(['captive-page', 'redirect', 'reset'] as const)('%s: WeChat never heard of the call', (kind) => {
  const { world, standard } = newHands();
  world.inject({ kind }, { calls: 1 });
  standard();
  expect(world.usableTokens(SHOP, 'standard')).toHaveLength(0);
  expect(world.calls()).toMatchObject([{ fault: kind, answeredErrcode: null }]);
});

test('the log has what was asked and answered, and neither secret nor token', () => {
  const { world, standard, stable, check, now } = newHands();
  const token = standard().access_token ?? '';
  check(token);
  stable({ secret: 'a-wrong-secret', force_refresh: true });
  standard({ appid: 'a-secret-in-the-wrong-field' });
  const call = {
    at: now(),
    appId: SHOP,
    force: false,
    answeredErrcode: null,
    duringBlock: false,
    fault: null,
  };
  expect(world.calls()).toEqual([
    { ...call, path: '/cgi-bin/token' },
    { ...call, path: '/cgi-bin/get_api_domain_ip' },
    { ...call, path: '/cgi-bin/stable_token', force: true, answeredErrcode: 40125 },
    { ...call, path: '/cgi-bin/token', appId: null, answeredErrcode: 40013 },
  ]);
  expect(JSON.stringify(world.calls())).not.toMatch(/secret/);
  expect(world.calls(SHOP)).toHaveLength(3);
  expect(world.counters(SHOP)).toEqual({ calls: 3, refused: 1, faulted: 0, duringBlock: 0 });
  expect(world.counters().calls).toBe(4);
});

test('the log forgets the oldest calls, the counters do not', () => {
  const { world, check } = newHands();
  for (let call = 0; call < 20_001; call += 1) check();
  expect(world.calls()).toHaveLength(10_000);
  expect(world.counters().calls).toBe(20_001);
});
