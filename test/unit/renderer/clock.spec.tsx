import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { now, subscribe } from '../../../renderer/clock.ts';
import { TimeLeft } from '../../../renderer/shared/time-left.tsx';

const START = 1_800_000_000_250;
let isHidden = false;

function setHidden(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
});

afterEach(() => {
  cleanup();
  setHidden(false);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('ticks for all on the wall second, from one timer', () => {
  const ticks: string[] = [];
  const stops = ['a', 'b', 'c'].map((name) => subscribe(() => ticks.push(`${name} ${now() - START + 250}`)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(700);
  expect(ticks).toEqual([]);
  vi.advanceTimersByTime(60);
  expect(ticks).toEqual(['a 1000', 'b 1000', 'c 1000']);
  vi.advanceTimersByTime(1000);
  expect(ticks).toHaveLength(6);
  expect(vi.getTimerCount()).toBe(1);
  for (const stop of stops) stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('stands still while the page is hidden, and is right at once when it comes back', () => {
  const ticks: number[] = [];
  const stop = subscribe(() => ticks.push(now()));
  setHidden(true);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(60_000);
  expect(ticks).toEqual([]);
  setHidden(false);
  expect(ticks).toEqual([START + 60_000 - 250]);
  vi.advanceTimersByTime(1000);
  expect(ticks).toHaveLength(2);
  stop();
});

it('a countdown shows the seconds as they go, stronger in the last ten minutes', () => {
  render(<TimeLeft until={START - 250 + 601_000} as="wait" />);
  const text = () => document.body.textContent;
  expect(text()).toBe('10:01');
  act(() => void vi.advanceTimersByTime(1000));
  expect(text()).toBe('10:00');
  const figures = screen.getByText('00').parentElement;
  expect(figures?.dataset.short).toBeUndefined();
  act(() => void vi.advanceTimersByTime(1000));
  expect(text()).toBe('09:59');
  expect(figures?.dataset.short).toBe('true');
});
