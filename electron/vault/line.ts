/** A line to a service that may stop answering in the middle of a call. */
import pLimit from 'p-limit';

/** How long calls fail at once after the service has let one wait in vain. */
const REST_MS = 30_000;

export class NoAnswer extends Error {}

export interface Line {
  /**
   * Runs `job` when those before it have ended. It is given up after the limit, with `NoAnswer`, and so is
   * every other that waits; what it still does is not awaited and its result is dropped. A `trial` is made
   * even in the rest after such an end, unless the call that was given up still hangs.
   */
  run<Value>(job: () => Promise<Value>, trial?: 'trial'): Promise<Value>;
}

/**
 * One call at a time, each for at most `limitMs`. keytar's calls occupy one of libuv's four threads until the
 * system answers, which took 50 s with a frozen service (measured): with one call under way, files and name
 * look-ups keep the others.
 */
export function openLine(limitMs: number, now: () => number = () => performance.now()): Line {
  const limit = pLimit(1);
  const waiting = new Set<(reason: NoAnswer) => void>();
  let hanging = false;
  let restUntil = Number.NEGATIVE_INFINITY;

  function giveUp(): void {
    hanging = true;
    restUntil = now() + REST_MS;
    limit.clearQueue();
    for (const reject of waiting) reject(new NoAnswer());
    waiting.clear();
  }

  return {
    async run<Value>(job: () => Promise<Value>, trial?: 'trial'): Promise<Value> {
      if (hanging || (now() < restUntil && !trial)) throw new NoAnswer();
      const { promise, resolve, reject } = Promise.withResolvers<Value>();
      waiting.add(reject);
      limit(async () => {
        const alarm = setTimeout(giveUp, limitMs);
        try {
          resolve(await job());
          restUntil = Number.NEGATIVE_INFINITY;
        } catch (error) {
          // Refusing in time is an answer; a late refusal is the system's own time-out.
          if (!hanging) restUntil = Number.NEGATIVE_INFINITY;
          reject(error);
        } finally {
          clearTimeout(alarm);
          waiting.delete(reject);
          hanging = false;
        }
      });
      return promise;
    },
  };
}
