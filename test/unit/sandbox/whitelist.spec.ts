import { expect, test } from 'vitest';
import { isListed } from '../../../electron/sandbox/whitelist.ts';

test.each([
  ['198.51.100.7', ['198.51.100.7'], true],
  ['198.51.100.70', ['198.51.100.7'], false],
  ['198.51.100.7', ['203.0.113.1', '198.51.100.0/24'], true],
  ['198.51.101.7', ['198.51.100.0/24'], false],
  ['2001:db8::7', ['2001:db8::/32'], true],
  ['198.51.100.7', [], false],
])('%s on %j: %s', (ip, entries, listed) => {
  expect(isListed(ip, entries, 'official')).toBe(listed);
});

test('a star in the last place is for mini programs only', () => {
  expect(isListed('172.0.0.200', ['172.0.0.*'], 'mini')).toBe(true);
  expect(isListed('172.0.1.200', ['172.0.0.*'], 'mini')).toBe(false);
  expect(() => isListed('172.0.0.200', ['172.0.0.*'], 'official')).toThrow('172.0.0.*');
});

test('an address with a port is no entry', () => {
  expect(() => isListed('198.51.100.7', ['198.51.100.7:443'], 'mini')).toThrow('198.51.100.7:443');
});
