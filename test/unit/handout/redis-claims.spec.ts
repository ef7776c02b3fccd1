import { expect, it } from 'vitest';
import { createClaims } from '../../../electron/handout/redis/claims.ts';

it('gives a key to one target, and to the next once it is free', () => {
  const claims = createClaims();
  expect(claims.take('a#0', ['k1', 'k2'])).toBe(true);
  expect(claims.take('a#0', ['k1', 'k2'])).toBe(true);
  expect(claims.take('b#0', ['k2'])).toBe(false);
  expect(claims.take('a#0', ['k1'])).toBe(true);
  expect(claims.isTaken('k2')).toBe(false);
  expect(claims.take('b#0', ['k2'])).toBe(true);
  claims.release('b#0');
  expect(claims.take('a#0', ['k1', 'k2'])).toBe(true);
});

it('never gives away the lease’s own keys', () => {
  expect(createClaims().take('a#0', ['wtc:lease:wxtestapp0000001'])).toBe(false);
});
