import { expect, test } from 'vitest';
import { HOUR, MINUTE, newHands, SECOND, SHOP } from './hands.ts';

test('the standard line gives a new token with every call', () => {
  const { standard } = newHands();
  const first = standard();
  const second = standard();
  expect(first).toEqual({ access_token: expect.stringMatching(/^[\w-]{136}$/), expires_in: 7200 });
  expect(second.access_token).not.toBe(first.access_token);
});

test('a replaced token works for five more minutes, the one before it dies at once', () => {
  const { standard, check, wait } = newHands();
  const [first, second] = [standard().access_token, standard().access_token];
  wait(5 * MINUTE - 1);
  expect(check(first)).toHaveProperty('ip_list');
  wait(1);
  expect(check(first).errcode).toBe(40001);
  expect(check(second)).toHaveProperty('ip_list');
  const third = standard().access_token;
  standard();
  expect(check(second).errcode).toBe(40001);
  expect(check(third)).toHaveProperty('ip_list');
});

test('a token that reaches its end is expired, even inside an overlap', () => {
  const { standard, check, wait } = newHands();
  const first = standard().access_token;
  wait(2 * HOUR - MINUTE);
  standard();
  expect(check(first)).toHaveProperty('ip_list');
  wait(MINUTE);
  expect(check(first).errcode).toBe(42001);
});

test('the stable line repeats its token with the life that is left', () => {
  const { stable, wait } = newHands();
  const first = stable();
  wait(2 * HOUR - 345 * SECOND);
  expect(stable()).toEqual({ access_token: first.access_token, expires_in: 345 });
});

test('the stable line renews in the last five minutes, and both tokens work until the old one ends', () => {
  const { stable, check, wait } = newHands();
  const old = stable().access_token;
  wait(2 * HOUR - 5 * MINUTE - 1);
  expect(stable()).toEqual({ access_token: old, expires_in: 300 });
  wait(1);
  const fresh = stable();
  expect(fresh.expires_in).toBe(7200);
  expect(fresh.access_token).not.toBe(old);
  expect(check(old)).toHaveProperty('ip_list');
  wait(5 * MINUTE);
  expect(check(old).errcode).toBe(42001);
  expect(stable().access_token).toBe(fresh.access_token);
});

test('a short life is renewed in its second half', () => {
  const { stable, wait } = newHands({ lifeSeconds: 120 });
  const first = stable();
  expect(first.expires_in).toBe(120);
  wait(59 * SECOND);
  expect(stable()).toEqual({ access_token: first.access_token, expires_in: 61 });
  wait(SECOND);
  expect(stable().access_token).not.toBe(first.access_token);
});

test('a forced refresh gives a new token; within 30 s of the last force it silently does not', () => {
  const { stable, wait } = newHands();
  const first = stable().access_token;
  const forced = stable({ force_refresh: true }).access_token;
  expect(forced).not.toBe(first);
  for (let tooSoon = 0; tooSoon < 3; tooSoon += 1) {
    wait(29 * SECOND);
    expect(stable({ force_refresh: true }).access_token).toBe(forced);
  }
  wait(30 * SECOND);
  expect(stable({ force_refresh: true }).access_token).not.toBe(forced);
});

test('two forced refreshes kill a leaked token', () => {
  const { stable, check, wait } = newHands();
  const leaked = stable().access_token;
  stable({ force_refresh: true });
  expect(check(leaked)).toHaveProperty('ip_list');
  wait(30 * SECOND);
  stable({ force_refresh: true });
  expect(check(leaked).errcode).toBe(40001);
});

test('the 21st forced refresh of a day is over budget; the next day has its own', () => {
  const { stable, wait } = newHands();
  for (let forced = 0; forced < 20; forced += 1) {
    expect(stable({ force_refresh: true })).toHaveProperty('access_token');
    wait(30 * SECOND);
  }
  expect(stable({ force_refresh: true })).toMatchObject({
    errcode: 45009,
    errmsg: expect.stringMatching(/^reach max api daily quota limit rid: /),
  });
  expect(stable()).toHaveProperty('access_token');
  wait(24 * HOUR);
  expect(stable({ force_refresh: true })).toHaveProperty('access_token');
});

test('the two lines do not touch each other', () => {
  const { standard, stable, check } = newHands();
  const [stableToken, standardToken] = [stable().access_token, standard().access_token];
  standard();
  stable({ force_refresh: true });
  standard();
  expect(check(standardToken).errcode).toBe(40001);
  expect(check(stableToken)).toHaveProperty('ip_list');
});

test('a second system overwrites the standard line', () => {
  const { world, standard, check, wait } = newHands();
  const ours = standard().access_token;
  world.mintElsewhere(SHOP);
  expect(check(ours)).toHaveProperty('ip_list');
  wait(5 * MINUTE);
  expect(check(ours).errcode).toBe(40001);
});

test('a token fetched elsewhere some time ago is the one the stable line repeats', () => {
  const { world, stable } = newHands();
  world.mintElsewhere(SHOP, 'stable', 6780);
  expect(stable()).toEqual({
    access_token: world.usableTokens(SHOP, 'stable')[0]?.accessToken,
    expires_in: 420,
  });
});

test('a token tells what is wrong with it: missing, garbled, or never issued', () => {
  const { standard, check } = newHands();
  const token = standard().access_token ?? '';
  expect(check().errcode).toBe(41001);
  expect(check(token.slice(0, -3)).errcode).toBe(40014);
  expect(check(`${token.slice(0, -1)}+`).errcode).toBe(40014);
  expect(check(`${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`).errcode).toBe(40001);
});
