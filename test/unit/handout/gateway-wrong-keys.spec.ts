import { describe, expect, it } from 'vitest';
import { bearerIn } from '../../../electron/handout/gateway/door.ts';
import { createWrongKeys } from '../../../electron/handout/gateway/wrong-keys.ts';

const LIMITS = { allowed: 2, windowMs: 60_000, addresses: 3 };

function keysAt(start = 0) {
  let now = start;
  const keys = createWrongKeys(() => now, LIMITS);
  return { note: (address: string) => keys.note(address), pass: (ms: number) => (now += ms) };
}

describe('wrong keys', () => {
  it('are heard so often in a minute, then told how long to wait', () => {
    const { note, pass } = keysAt();
    expect([note('192.0.2.1'), note('192.0.2.1')]).toEqual([0, 0]);
    pass(20_000);
    expect(note('192.0.2.1')).toBe(40_000);
    expect(note('192.0.2.2')).toBe(0);
    pass(40_000);
    expect(note('192.0.2.1')).toBe(0);
  });

  it('count a /64 as one address, and an IPv4 one however it is written', () => {
    const { note } = keysAt();
    const six = ['2001:db8::1', '2001:db8:0:0:1::', '2001:db8::ffff:2:3:4'];
    expect(six.map(note)).toEqual([0, 0, 60_000]);
    expect(note('2001:db8:0:1::1')).toBe(0);
    const four = ['::ffff:192.0.2.9', '192.0.2.9', '::ffff:192.0.2.9'];
    expect(four.map(note)).toEqual([0, 0, 60_000]);
  });

  it('forget the address that began longest ago when there are too many', () => {
    const { note } = keysAt();
    for (const last of [1, 2, 3]) {
      note(`192.0.2.${last}`);
      note(`192.0.2.${last}`);
    }
    note('192.0.2.4');
    expect(note('192.0.2.3')).toBe(60_000);
    expect(note('192.0.2.1')).toBe(0);
  });
});

describe('the Authorization header', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['Bearer', null],
    ['Bearer ', null],
    ['Basic a2V5', null],
    ['Bearer two keys', null],
    ['Bearer a-key', 'a-key'],
    ['bearer  a-key ', 'a-key'],
  ])('%j has the key %j', (header, key) => {
    expect(bearerIn(header)).toBe(key);
  });
});
