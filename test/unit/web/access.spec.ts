import { describe, expect, it } from 'vitest';
import { bearerIn, cookieIn, createKeyCheck, createSessions } from '../../../electron/web/access.ts';

describe('the admin key', () => {
  it('is right or wrong', () => {
    const check = createKeyCheck('the admin key', () => 0);
    expect(check('the admin key')).toEqual({ right: true });
    for (const wrong of ['', 'the admin kez', 'the admin key ', 'another']) {
      expect(check(wrong)).toEqual({ right: false, waitMs: 0 });
    }
  });

  it('makes whoever has been wrong ten times in a minute wait, but never the right key', () => {
    let now = 0;
    const check = createKeyCheck('right', () => now);
    for (let i = 0; i < 10; i += 1) {
      now = i * 1000;
      expect(check('wrong')).toEqual({ right: false, waitMs: 0 });
    }
    now = 20_000;
    expect(check('wrong')).toEqual({ right: false, waitMs: 40_000 });
    expect(check('right')).toEqual({ right: true });
    now = 60_000; // the first of the ten is a minute old, the second is not
    expect(check('wrong')).toEqual({ right: false, waitMs: 0 });
    expect(check('wrong')).toEqual({ right: false, waitMs: 1000 });
  });
});

describe('sessions', () => {
  it('begin and end', () => {
    const sessions = createSessions();
    const id = sessions.begin();
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(sessions.has(id)).toBe(true);
    expect(sessions.has(`${id}x`)).toBe(false);
    sessions.end(id);
    expect(sessions.has(id)).toBe(false);
  });

  it('keep the 64 newest', () => {
    const sessions = createSessions();
    const ids = Array.from({ length: 65 }, () => sessions.begin());
    expect(ids.map((id) => sessions.has(id))).toEqual([false, ...Array(64).fill(true)]);
  });
});

it('finds the key in an Authorization header', () => {
  expect(bearerIn('Bearer abc.def-1')).toBe('abc.def-1');
  expect(bearerIn('bearer  abc ')).toBe('abc');
  for (const none of [undefined, '', 'Bearer', 'Bearer a b', 'Basic abc', 'xBearer abc']) {
    expect(bearerIn(none)).toBeNull();
  }
});

it('finds a cookie by its whole name', () => {
  const header = 'a=1; wtc_session_73=no; wtc_session_7320=yes==; b=2';
  expect(cookieIn(header, 'wtc_session_7320')).toBe('yes==');
  expect(cookieIn(header, 'wtc_session_732')).toBeNull();
  expect(cookieIn(undefined, 'a')).toBeNull();
});
