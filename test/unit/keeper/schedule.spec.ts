import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockOf,
  doubling,
  FORCE_BUDGET,
  forceBarrier,
  HOUR,
  leadOf,
  MINUTE,
  PROBE_BUDGET,
  SECOND,
  type Setback,
  untilRefresh,
  waitAfter,
} from '../../../electron/keeper/schedule.ts';
import type { ReplyClass } from '../../../electron/wechat/wechat.ts';

function setback(of: ReplyClass, changes: Partial<Setback> = {}): Setback {
  return { class: of, errcode: null, count: 1, probes: 0, lasting: 0, tokenLives: false, ...changes };
}

describe('refresh ahead', () => {
  it('asks on the standard line a lead before the end, less up to a tenth of it', () => {
    expect(untilRefresh('standard', 600 * SECOND, 7200 * SECOND, 7200 * SECOND, 0)).toBe(6600 * SECOND);
    expect(leadOf('standard', 600 * SECOND, 7200 * SECOND, 0.5)).toBe(570 * SECOND);
  });

  it('never takes more than half a life for the lead', () => {
    expect(leadOf('standard', 600 * SECOND, 100 * SECOND, 0)).toBe(50 * SECOND);
  });

  it('asks on the stable line 290 s before the end, whatever the lead', () => {
    expect(untilRefresh('stable', 600 * SECOND, 7200 * SECOND, 7200 * SECOND, 0.9)).toBe(6910 * SECOND);
  });

  it('keeps the lead between nine tenths and the whole, for any life from 1 to 7200 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7200 }),
        fc.integer({ min: 60, max: 3600 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (life, lead, chance) => {
          const most = Math.min(lead, life / 2) * SECOND;
          const got = leadOf('standard', lead * SECOND, life * SECOND, chance);
          return got <= most && got >= most * 0.9;
        },
      ),
    );
  });
});

describe('waits after a setback', () => {
  it('doubles the transient one from 1 s with full jitter, to 60 s without a token and 5 min with one', () => {
    const ceiling = (count: number, tokenLives: boolean) =>
      waitAfter(setback('transient', { count, tokenLives }), 1) ?? 0;
    expect([1, 2, 3, 6, 7, 40].map((n) => ceiling(n, false) / SECOND)).toEqual([1, 2, 4, 32, 60, 60]);
    expect([1, 8, 9, 10, 2000].map((n) => ceiling(n, true) / SECOND)).toEqual([1, 128, 256, 300, 300]);
    expect(waitAfter(setback('transient', { count: 5 }), 0.5)).toBe(8 * SECOND);
  });

  it('keeps two calls apart even when the jitter draws nothing', () => {
    expect(waitAfter(setback('transient'), 0)).toBe(200);
  });

  it('waits at least a minute when a minute quota was reached', () => {
    expect(waitAfter(setback('transient', { errcode: 45011 }), 0)).toBe(MINUTE);
    expect(waitAfter(setback('transient', { errcode: 45011, count: 20, tokenLives: true }), 0.9)).toBe(
      270 * SECOND,
    );
  });

  it('doubles the quota one from 30 min to 4 h', () => {
    expect([1, 2, 3, 4, 9].map((count) => waitAfter(setback('quota', { count }), 0))).toEqual(
      [0.5, 1, 2, 4, 4].map((hours) => hours * HOUR),
    );
  });

  it('asks again every 5 min about the whitelist for an hour, then every 30 min', () => {
    expect(waitAfter(setback('not-whitelisted', { lasting: HOUR - 1 }), 0)).toBe(5 * MINUTE);
    expect(waitAfter(setback('not-whitelisted', { lasting: HOUR }), 0)).toBe(30 * MINUTE);
  });

  it('probes for the administrator twelve times at most', () => {
    expect(waitAfter(setback('awaiting-admin', { probes: PROBE_BUDGET - 1 }), 0)).toBe(5 * MINUTE);
    expect(waitAfter(setback('awaiting-admin', { probes: PROBE_BUDGET }), 0)).toBeNull();
  });

  it.each(['refused', 'secret', 'account'] as const)('waits for a person after %s', (of) => {
    expect(waitAfter(setback(of), 0.5)).toBeNull();
  });

  it('doubles the unknown one from 1 min to 30 min', () => {
    expect([1, 2, 5, 6].map((count) => waitAfter(setback('unknown', { count }), 0))).toEqual(
      [1, 2, 16, 30].map((minutes) => minutes * MINUTE),
    );
  });

  it('does not overflow after years of setbacks', () => {
    expect(doubling(SECOND, 5000, MINUTE)).toBe(MINUTE);
  });
});

describe('refusals and force', () => {
  it('blocks for 24 h after the second refusal, else for 1 h', () => {
    expect([blockOf(89507), blockOf(89506)]).toEqual([HOUR, 24 * HOUR]);
  });

  it('keeps forced refreshes 30 s apart', () => {
    expect(forceBarrier([], 1000)).toBeNull();
    expect(forceBarrier([1000], 30_999)).toEqual({ reason: 'force-too-soon', until: 31_000 });
    expect(forceBarrier([1000], 31_000)).toBeNull();
  });

  it('counts 20 in 24 h, and lets the first of them go', () => {
    const day = Array.from({ length: FORCE_BUDGET }, (_, n) => n * MINUTE);
    const now = 21 * MINUTE;
    expect(forceBarrier(day, now)).toEqual({ reason: 'force-budget-used', until: 24 * HOUR });
    expect(forceBarrier(day, 24 * HOUR)).toBeNull();
    expect(forceBarrier(day.slice(1), now)).toBeNull();
  });

  it('counts what a clock set back left in the future', () => {
    expect(forceBarrier([10 * HOUR], 10 * HOUR - 1000)).toMatchObject({ reason: 'force-too-soon' });
  });
});
