import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AlarmClock } from '../../../electron/keeper/alarm.ts';
import type { Moment } from '../../../electron/keeper/moment.ts';
import { later, START } from '../../support/keeper-lives.ts';

describe('the alarm clock', () => {
  const rung: string[] = [];
  let wallShift = 0;
  const clock = (): Moment => ({ wall: Date.now() + wallShift, mono: Date.now() });
  const at = (ms: number) => later(clock(), ms);
  let alarm: AlarmClock;

  beforeEach(() => {
    vi.useFakeTimers({ now: START.wall });
    rung.length = 0;
    wallShift = 0;
    alarm = new AlarmClock(clock, (name) => rung.push(name));
  });
  afterEach(() => {
    alarm.stop();
    vi.useRealTimers();
  });

  it('rings each name once, at its deadline and not before', () => {
    alarm.set('a', at(1000));
    alarm.set('b', at(90_000));
    vi.advanceTimersByTime(999);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(rung).toEqual(['a']);
    vi.advanceTimersByTime(200_000);
    expect(rung).toEqual(['a', 'b']);
  });

  it('has one timer for all names, and none without a deadline', () => {
    for (const name of ['a', 'b', 'c']) alarm.set(name, at(5000));
    expect(vi.getTimerCount()).toBe(1);
    for (const name of ['a', 'b', 'c']) alarm.set(name, null);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never sleeps longer than a minute, and rings for all after a clock jump', () => {
    alarm.set('a', at(5 * 3_600_000));
    wallShift = -3_600_000;
    vi.advanceTimersByTime(60_001);
    expect(rung).toEqual(['a']);
  });

  it('rings at once for a deadline that is past, and for a wait beyond 24.8 days not at once', () => {
    alarm.set('late', at(-5000));
    alarm.set('far', at(2 ** 31));
    vi.advanceTimersByTime(1);
    expect(rung).toEqual(['late']);
  });

  it('rings when asked to check, for what is due and nothing else: a timer may be late', () => {
    alarm.set('due', at(1000));
    alarm.set('later', at(5000));
    vi.setSystemTime(Date.now() + 2000);
    expect(rung).toEqual([]);
    alarm.check();
    expect(rung).toEqual(['due']);
  });

  it('rings for everyone when told to look again', () => {
    alarm.set('a', at(1e7));
    alarm.set('b', at(1e7));
    alarm.lookAgain();
    expect(rung).toEqual(['a', 'b']);
  });
});
