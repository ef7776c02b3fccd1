/**
 * One second hand for every countdown of the page: all tick together, on the wall second, and nothing
 * ticks while the page is hidden or nobody listens.
 */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let second = wallSecond();
let timer: ReturnType<typeof setTimeout> | undefined;

function wallSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

function tick(): void {
  second = wallSecond();
  for (const listener of listeners) listener();
  schedule();
}

function schedule(): void {
  clearTimeout(timer);
  timer = undefined;
  if (listeners.size === 0 || document.hidden) return;
  // 5 ms past the second: a timer may fire a little early, and would show the old second for a whole one more.
  timer = setTimeout(tick, 1005 - (Date.now() % 1000));
}

function onVisibility(): void {
  if (document.hidden) schedule();
  else tick();
}

/** Calls `listener` once a second; returns how to stop. */
export function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', onVisibility);
  listeners.add(listener);
  if (timer === undefined) {
    second = wallSecond();
    schedule();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', onVisibility);
    schedule();
  };
}

/** The current second, ms since the epoch; the same value for all who ask within one tick. */
export function now(): number {
  if (timer === undefined) second = wallSecond();
  return second;
}

/** What `select` makes of the current second; re-renders only when that changes. */
export function useNow<T extends string | number | boolean>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(now()));
}
