import { describe, expect, it, vi } from 'vitest';
import { ContactWatch } from '../../../electron/handout/redis/lease-contact.ts';
import { isGone, type Moment } from '../../../electron/handout/redis/lease-policy.ts';

const at = (mono: number): Moment => ({ mono, wall: 1_800_000_000_000 + mono });

describe('how a console stands with its Redis', () => {
  it('fails from the first question that failed until one is answered', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.reached(true);
    expect([watch.isFailing, watch.isAway]).toEqual([false, false]);
    watch.failed(at(1000));
    watch.failed(at(3000));
    expect(watch.at(at(4000)).failingSince).toBe(1000);
    watch.reached(true);
    expect(watch.at(at(4000)).failingSince).toBeNull();
  });

  it('does not take its own sleep for an absence of Redis', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.reached(true);
    watch.failed(at(1000));
    watch.awake(at(1000), 2000);
    expect(isGone(watch.at(at(60_000)), at(60_000))).toBe(false);
    watch.awake(at(60_000), 61_000);
    for (let now = 61_000; now < 72_000; now += 1000) {
      expect(isGone(watch.at(at(now)), at(now))).toBe(false);
      watch.awake(at(now), now + 1000);
    }
    expect(isGone(watch.at(at(72_000)), at(72_000))).toBe(true);
  });

  it('nor a sleep before the first contact', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.awake(at(0), 1000);
    expect(isGone(watch.at(at(50_000)), at(50_000))).toBe(false);
  });

  it('remembers over a restart whether there are others, written only when it changes', () => {
    const write = vi.fn();
    const watch = new ContactWatch({ read: () => true, write }, at(0));
    expect(watch.at(at(0)).isShared).toBe(true);
    for (const isShared of [true, false, false, true]) watch.reached(isShared);
    expect(write.mock.calls).toEqual([[false], [true]]);
    watch.begin(at(9000));
    expect(watch.at(at(9000))).toEqual({
      since: 9000,
      failingSince: null,
      isShared: true,
      wasReached: false,
    });
  });
});
