import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Line, NoAnswer, openLine } from '../../../electron/vault/line.ts';

let line: Line;

beforeEach(() => {
  vi.useFakeTimers();
  line = openLine(5000);
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call that ends when the test says so. */
function call() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { job: vi.fn(() => promise), resolve, reject };
}

/** One call that was given up after 5 s. */
async function outage() {
  const slow = call();
  const given = expect(line.run(slow.job)).rejects.toThrow(NoAnswer);
  await vi.advanceTimersByTimeAsync(5000);
  await given;
  return slow;
}

describe('a line', () => {
  it('runs one call at a time, in order, and hands on what each came to', async () => {
    const [first, second] = [call(), call()];
    const ends = Promise.allSettled([line.run(first.job), line.run(second.job)]);
    await vi.advanceTimersByTimeAsync(4999);
    expect([first.job.mock.calls.length, second.job.mock.calls.length]).toEqual([1, 0]);
    first.reject(new Error('refused'));
    await vi.advanceTimersByTimeAsync(4999);
    second.resolve('second');
    expect(await ends).toEqual([
      { status: 'rejected', reason: new Error('refused') },
      { status: 'fulfilled', value: 'second' },
    ]);
  });

  it('gives up a call after its limit, with all that wait, and begins none of them later', async () => {
    const [slow, waiting] = [call(), call()];
    const ends = Promise.allSettled([line.run(slow.job), line.run(waiting.job)]);
    await vi.advanceTimersByTimeAsync(5000);
    expect((await ends).map((end) => end.status === 'rejected' && end.reason)).toEqual([
      expect.any(NoAnswer),
      expect.any(NoAnswer),
    ]);
    slow.resolve('late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting.job).not.toHaveBeenCalled();
  });

  it('begins nothing while a call hangs, not even a trial', async () => {
    await outage();
    await vi.advanceTimersByTimeAsync(3_600_000);
    const next = call();
    await expect(line.run(next.job, 'trial')).rejects.toThrow(NoAnswer);
    await expect(line.run(next.job)).rejects.toThrow(NoAnswer);
    expect(next.job).not.toHaveBeenCalled();
  });

  it('is whole again as soon as a call that was given up succeeds after all', async () => {
    (await outage()).resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(await line.run(async () => 'next')).toBe('next');
  });

  it('rests after the system gave up too, but lets a trial through, which ends the rest', async () => {
    (await outage()).reject(new Error('Timeout was reached'));
    await vi.advanceTimersByTimeAsync(0);
    await expect(line.run(async () => 'next')).rejects.toThrow(NoAnswer);
    expect(await line.run(async () => 'trial', 'trial')).toBe('trial');
    expect(await line.run(async () => 'next')).toBe('next');
  });

  it('ends its rest by itself after half a minute', async () => {
    (await outage()).reject(new Error('Timeout was reached'));
    await vi.advanceTimersByTimeAsync(29_999);
    await expect(line.run(async () => 'next')).rejects.toThrow(NoAnswer);
    await vi.advanceTimersByTimeAsync(1);
    expect(await line.run(async () => 'next')).toBe('next');
  });
});
