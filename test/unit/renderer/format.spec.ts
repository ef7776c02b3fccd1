import { describe, expect, it } from 'vitest';
import {
  clockText,
  countdownText,
  durationText,
  exactTime,
  fractionLeft,
  secondsLeft,
  shortAppId,
  timeText,
} from '../../../renderer/format.ts';

describe('countdowns', () => {
  it('count from wall second to wall second, never too long', () => {
    expect(secondsLeft(10_000, 9_999)).toBe(1);
    expect(secondsLeft(10_900, 9_000)).toBe(1);
    expect(secondsLeft(10_900, 10_000)).toBe(0);
    expect(secondsLeft(10_000, 25_000)).toBe(0);
  });

  it('keep their width for the life of a token', () => {
    expect([7200, 6130, 3483, 59, 0].map(clockText)).toEqual([
      '2:00:00',
      '1:42:10',
      '0:58:03',
      '0:00:59',
      '0:00:00',
    ]);
  });

  it('are short for a wait, with hours only from an hour on', () => {
    expect([252, 3599, 3600, 86_400].map(countdownText)).toEqual(['04:12', '59:59', '1:00:00', '24:00:00']);
  });

  it('never go below nothing', () => {
    expect(clockText(-5)).toBe('0:00:00');
    expect(countdownText(-5)).toBe('00:00');
  });
});

describe('times', () => {
  const at = new Date(2026, 10, 22, 14, 32, 10).getTime();

  it('leave out the day today and the year this year', () => {
    expect(timeText(at, new Date(2026, 10, 22, 0, 0, 1).getTime())).toBe('14:32:10');
    expect(timeText(at, new Date(2026, 10, 23, 0, 0, 1).getTime())).toBe('11-22 14:32:10');
    expect(timeText(at, new Date(2027, 0, 1).getTime())).toBe('2026-11-22 14:32:10');
  });

  it('say their zone where they are exact', () => {
    expect(exactTime(at)).toMatch(/^2026-11-22 14:32:10 [+-]\d\d:\d\d$/);
    const zone = exactTime(at).slice(-6);
    expect(Date.parse(`2026-11-22T14:32:10${zone}`)).toBe(at);
  });
});

describe('durations, lives and identifiers', () => {
  it('choose the unit that reads best', () => {
    expect([184.4, 999, 1234, 10_003].map(durationText)).toEqual(['184 ms', '999 ms', '1.2 s', '10 s']);
  });

  it('bound the part of a life that is left', () => {
    expect(fractionLeft(0, 100, 25)).toBe(0.75);
    expect(fractionLeft(0, 100, 250)).toBe(0);
    expect(fractionLeft(0, 100, -50)).toBe(1);
    expect(fractionLeft(100, 100, 50)).toBe(0);
  });

  it('shorten an AppID in its middle', () => {
    expect(shortAppId('wx00000000000000a1')).toBe('wx0000…00a1');
    expect(shortAppId('wx01')).toBe('wx01');
  });
});
