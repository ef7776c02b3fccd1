import { describe, expect, it, vi } from 'vitest';
import { ContactWatch } from '../../../electron/handout/redis/lease-contact.ts';
import { isGone, type Moment, OTHERS_WINDOW_MS } from '../../../electron/handout/redis/lease-policy.ts';

const SEEN = { others: 1, left: 0 };
const ALONE = { others: 0, left: 0 };
const at = (mono: number): Moment => ({ mono, wall: 1_800_000_000_000 + mono });

describe('how a console stands with its Redis', () => {
  it('fails from the first question that failed until one is answered', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.reached(SEEN, at(0));
    expect([watch.isFailing, watch.isAway]).toEqual([false, false]);
    watch.failed(at(1000));
    watch.failed(at(3000));
    expect(watch.at(at(4000)).failingSince).toBe(1000);
    watch.reached(SEEN, at(3500));
    expect(watch.at(at(4000)).failingSince).toBeNull();
  });

  it('does not take its own sleep for an absence of Redis', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.reached(SEEN, at(0));
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
    watch.reached(SEEN, at(1));
    for (const now of [OTHERS_WINDOW_MS, OTHERS_WINDOW_MS + 1, OTHERS_WINDOW_MS + 2])
      watch.reached(ALONE, at(now));
    watch.reached(SEEN, at(OTHERS_WINDOW_MS + 3));
    expect(write.mock.calls).toEqual([[false], [true]]);
    watch.begin(at(9000));
    expect(watch.at(at(9000))).toEqual({
      since: 9000,
      failingSince: null,
      isShared: true,
      wasReached: false,
    });
  });

  it('counts others that it saw within ten minutes, whatever Redis remembers', () => {
    const watch = new ContactWatch(undefined, at(0));
    const isShared = (now: number) => watch.at(at(now)).isShared;
    watch.reached(ALONE, at(0));
    expect(isShared(0)).toBe(false);
    watch.reached(SEEN, at(1000));
    // Flushed, and this console is the first to greet it.
    watch.reached(ALONE, at(5000));
    expect(isShared(5000)).toBe(true);
    watch.reached(ALONE, at(1000 + OTHERS_WINDOW_MS - 1));
    expect(isShared(OTHERS_WINDOW_MS)).toBe(true);
    watch.reached(ALONE, at(1000 + OTHERS_WINDOW_MS));
    expect(isShared(1000 + OTHERS_WINDOW_MS)).toBe(false);
  });

  it('believes the last of the others that said goodbye', () => {
    const watch = new ContactWatch(undefined, at(0));
    watch.reached(SEEN, at(1000));
    watch.reached({ others: 1, left: 1 }, at(2000));
    expect(watch.at(at(2000)).isShared).toBe(true);
    watch.reached({ others: 0, left: 1 }, at(3000));
    expect(watch.at(at(3000)).isShared).toBe(false);
  });

  it('after a restart counts those it remembers for ten minutes more', () => {
    const watch = new ContactWatch({ read: () => true, write: () => undefined }, at(0));
    watch.reached(ALONE, at(1000));
    expect(watch.at(at(1000)).isShared).toBe(true);
    watch.reached(ALONE, at(OTHERS_WINDOW_MS));
    expect(watch.at(at(OTHERS_WINDOW_MS)).isShared).toBe(false);
  });
});
