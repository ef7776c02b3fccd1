import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Log, seldom } from '../../electron/log.ts';

const lines: unknown[] = [];
const keep = (level: string) => (facts: object, message: string) => void lines.push([level, facts, message]);
let log: Log;

beforeEach(() => {
  vi.useFakeTimers();
  lines.length = 0;
  log = seldom({ info: keep('info'), warn: keep('warn'), error: keep('error') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('writes the first line at once, and of a flood one more a minute', () => {
  for (let second = 0; second < 120; second += 1) {
    for (let i = 0; i < 1000; i += 1) log.warn({ from: `10.0.0.${i % 250}` }, 'wrong key');
    vi.advanceTimersByTime(1000);
  }
  expect(lines).toEqual([
    ['warn', { from: '10.0.0.0' }, 'wrong key'],
    ['warn', { from: '10.0.0.249', times: 59_999 }, 'wrong key'],
    ['warn', { from: '10.0.0.249', times: 60_000 }, 'wrong key'],
  ]);
});

it('counts each message by itself', () => {
  log.warn({ from: 'a' }, 'wrong key');
  log.error({ error: 'TypeError' }, 'a request failed');
  log.info({}, 'open');
  expect(lines).toHaveLength(3);
});

it('says nothing of a quiet minute and begins anew after it', () => {
  log.warn({ from: 'a' }, 'wrong key');
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
  log.warn({ from: 'b' }, 'wrong key');
  expect(lines.at(-1)).toEqual(['warn', { from: 'b' }, 'wrong key']);
  expect(lines).toHaveLength(2);
});

it('keeps no process alive', () => {
  const timer = vi.spyOn(globalThis, 'setTimeout');
  log.warn({}, 'wrong key');
  expect(timer.mock.results[0]?.value.hasRef()).toBe(false);
});
