import { expect, test } from 'vitest';
import { HOUR, MINUTE, newHands, SHOP } from './hands.ts';

function guarded() {
  const hands = newHands();
  hands.world.change(SHOP, { confirmation: true });
  return hands;
}

test('the first call asks the administrator, later ones wait, a confirmed IP gets a token', () => {
  const { world, standard, stable } = guarded();
  expect(standard().errcode).toBe(89503);
  expect(standard().errcode).toBe(89501);
  expect(stable().errcode).toBe(89501);
  expect(world.pending(SHOP)).toEqual(['203.0.113.7']);
  world.confirm(SHOP);
  expect(standard()).toHaveProperty('access_token');
  expect(world.pending(SHOP)).toEqual([]);
});

test('each IP is asked for on its own', () => {
  const { world, standard } = guarded();
  standard();
  world.confirm(SHOP);
  world.setCallerIp('203.0.113.8');
  expect(standard().errcode).toBe(89503);
  world.confirm(SHOP, '203.0.113.8');
  expect(standard()).toHaveProperty('access_token');
});

test('a refusal blocks the IP for one hour, then a call asks again', () => {
  const { world, standard, wait } = guarded();
  standard();
  world.refuse(SHOP);
  wait(HOUR - 1);
  expect(standard().errcode).toBe(89507);
  wait(1);
  expect(standard().errcode).toBe(89503);
});

test('a second refusal within 24 hours blocks for 24 hours', () => {
  const { world, standard, wait } = guarded();
  world.refuse(SHOP);
  wait(24 * HOUR - 1);
  expect(standard().errcode).toBe(89503);
  world.refuse(SHOP);
  wait(24 * HOUR - 1);
  expect(standard().errcode).toBe(89506);
  wait(1);
  expect(standard().errcode).toBe(89503);
});

test('a refusal a day later blocks for one hour again', () => {
  const { world, standard, wait } = guarded();
  world.refuse(SHOP);
  wait(24 * HOUR);
  world.refuse(SHOP);
  expect(standard().errcode).toBe(89507);
});

test('calls for a token during a block are counted; other calls, and those after it, are not', () => {
  const { world, standard, check, wait } = guarded();
  world.confirm(SHOP);
  const { access_token } = standard();
  world.refuse(SHOP);
  standard();
  check(access_token);
  wait(HOUR - MINUTE);
  standard();
  wait(MINUTE);
  standard();
  expect(world.counters(SHOP).duringBlock).toBe(2);
  expect(world.calls(SHOP).map((call) => call.duringBlock)).toEqual([false, true, false, true, false]);
});

test('an IP on the whitelist needs no confirmation', () => {
  const { world, standard } = guarded();
  world.change(SHOP, { whitelist: ['203.0.113.7'] });
  expect(standard()).toHaveProperty('access_token');
});
