import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsoleEvent } from '../../../electron/console/contract.ts';
import { inbox } from '../../../renderer/inbox.ts';

const removed = (appId: string): ConsoleEvent => ({ type: 'account-removed', appId });
const state = {
  type: 'state',
  state: { accounts: [], vault: { kind: 'memory', status: 'ready', detail: null } },
};
const whole = state as unknown as ConsoleEvent;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('takes the events of one frame together, in their order', () => {
  const take = vi.fn();
  const deliver = inbox(take);
  for (const appId of ['a', 'b', 'c']) deliver(removed(appId));
  expect(take).not.toHaveBeenCalled();
  vi.advanceTimersToNextFrame();
  expect(take.mock.calls).toEqual([[[removed('a'), removed('b'), removed('c')]]]);
  deliver(removed('d'));
  vi.advanceTimersToNextFrame();
  expect(take).toHaveBeenCalledTimes(2);
});

it('takes the whole state at once, with what came before it', () => {
  const take = vi.fn();
  const deliver = inbox(take);
  deliver(removed('a'));
  deliver(whole);
  expect(take.mock.calls).toEqual([[[removed('a'), whole]]]);
  vi.advanceTimersToNextFrame();
  expect(take).toHaveBeenCalledTimes(1);
});

it.each([true, false])('takes them soon where no frames are drawn, hidden: %s', (isHidden) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
  vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(1);
  const take = vi.fn();
  const deliver = inbox(take);
  deliver(removed('a'));
  deliver(removed('b'));
  vi.advanceTimersByTime(100);
  expect(take.mock.calls).toEqual([[[removed('a'), removed('b')]]]);
  deliver(removed('c'));
  vi.advanceTimersByTime(100);
  expect(take).toHaveBeenCalledTimes(2);
});

it('takes what was taken at a frame once', () => {
  const take = vi.fn();
  inbox(take)(removed('a'));
  vi.advanceTimersByTime(1000);
  expect(take).toHaveBeenCalledTimes(1);
});
