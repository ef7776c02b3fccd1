import { describe, expect, it } from 'vitest';
import { bearerIn, createKeyCheck, createSessions } from '../../../electron/web/access.ts';

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
  const HOUR = 60 * 60_000;
  const now = { wall: 0, mono: 0 };
  const clock = () => ({ ...now });
  const pass = (ms: number) => Object.assign(now, { wall: now.wall + ms, mono: now.mono + ms });

  it('begin and end', () => {
    const sessions = createSessions(clock);
    const id = sessions.begin();
    expect(id).toMatch(/^[\w-]{43}$/);
    const session = sessions.find(id);
    expect(session?.ended.aborted).toBe(false);
    expect(sessions.find(`${id}x`)).toBeNull();
    session?.end();
    expect(session?.ended.aborted).toBe(true);
    expect(session?.use()).toBe(false);
    expect(sessions.find(id)).toBeNull();
  });

  it('last for 12 hours after each use, and then tell whoever listens', () => {
    const sessions = createSessions(clock);
    const id = sessions.begin();
    pass(12 * HOUR - 1);
    const session = sessions.find(id);
    expect(session).not.toBeNull();
    pass(12 * HOUR - 1);
    expect(session?.use()).toBe(true);
    pass(12 * HOUR);
    expect(sessions.find(id)).toBeNull();
    expect(session?.ended.aborted).toBe(true);
  });

  it.each([
    ['the machine sleeps', { wall: 12 * HOUR, mono: 0 }],
    ['the clock is put back', { wall: -12 * HOUR, mono: 12 * HOUR }],
  ])('end as well when %s meanwhile', (_what, { wall, mono }) => {
    const sessions = createSessions(clock);
    const id = sessions.begin();
    Object.assign(now, { wall: now.wall + wall, mono: now.mono + mono });
    expect(sessions.find(id)).toBeNull();
  });

  it('keep the 64 used last', () => {
    const sessions = createSessions(clock);
    const ids = Array.from({ length: 64 }, () => sessions.begin());
    const [first, second] = ids.map((id) => sessions.find(id));
    first?.use();
    const newest = sessions.begin();
    expect([first?.ended.aborted, second?.ended.aborted]).toEqual([false, true]);
    expect([...ids, newest].filter((id) => sessions.find(id) === null)).toEqual([ids[1]]);
  });
});

it('finds the key in an Authorization header', () => {
  expect(bearerIn('Bearer abc.def-1')).toBe('abc.def-1');
  expect(bearerIn('bearer  abc ')).toBe('abc');
  for (const none of [undefined, '', 'Bearer', 'Bearer a b', 'Basic abc', 'xBearer abc']) {
    expect(bearerIn(none)).toBeNull();
  }
});
