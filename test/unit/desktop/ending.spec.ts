import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { finishBeforeQuit } from '../../../electron/desktop/ending.ts';
import { electron, fakeEvent, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  resetElectron();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks to quit; true if the app is held back. */
function quit(): boolean {
  const event = fakeEvent({});
  app.emit('will-quit', event);
  return event.preventDefault.mock.calls.length > 0;
}

it('holds the app back until every task has ended, well or not, each once', async () => {
  const slow = Promise.withResolvers<void>();
  const tasks = [vi.fn(() => slow.promise), vi.fn(() => Promise.reject(new Error('clipboard busy')))];
  finishBeforeQuit(tasks);
  expect(quit()).toBe(true);
  expect(quit()).toBe(true);
  expect(app.quit).not.toHaveBeenCalled();
  slow.resolve();
  await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
  expect(tasks.map((task) => task.mock.calls.length)).toEqual([1, 1]);
  expect(quit()).toBe(false);
});

it('lets the app go after 3 s even so', async () => {
  finishBeforeQuit([() => new Promise(() => {})]);
  expect(quit()).toBe(true);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(app.quit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(app.quit).toHaveBeenCalledOnce();
  expect(quit()).toBe(false);
});
