import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { finishBeforeQuit, relaunch } from '../../../electron/desktop/ending.ts';
import { electron, emitWillQuit, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  resetElectron();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const HELD = { isPrevented: true, lost: 0 };
const GOES = { isPrevented: false, lost: 0 };
const quitIsCalled = () => vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());

it('holds the app back until every task has ended, well or not, each once', async () => {
  const slow = Promise.withResolvers<void>();
  const tasks = [
    vi.fn(() => slow.promise),
    vi.fn(() => Promise.reject(new Error('clipboard busy'))),
    vi.fn(() => {
      throw new Error('at once');
    }),
  ];
  finishBeforeQuit(tasks);
  expect(await emitWillQuit()).toEqual(HELD);
  expect(await emitWillQuit()).toEqual(HELD);
  slow.resolve();
  await quitIsCalled();
  expect(tasks.map((task) => task.mock.calls.length)).toEqual([1, 1, 1]);
  expect(await emitWillQuit()).toEqual(GOES);
});

it.each([
  ['nothing to do', []],
  ['tasks that end in a microtask', [() => Promise.resolve(), async () => null]],
])('does not quit while Electron is deaf to it: %s', async (_what, tasks) => {
  finishBeforeQuit(tasks);
  expect(await emitWillQuit()).toEqual(HELD);
  await quitIsCalled();
  expect(await emitWillQuit()).toEqual(GOES);
});

it('lets the app go after 3 s even so', async () => {
  finishBeforeQuit([() => new Promise(() => {})]);
  expect(await emitWillQuit()).toEqual(HELD);
  await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(2_999);
  expect(app.quit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await quitIsCalled();
  expect(await emitWillQuit()).toEqual(GOES);
});

it('starts the app anew when somebody has started it meanwhile', async () => {
  const ending = finishBeforeQuit([]);
  expect(ending.isUnderWay()).toBe(false);
  await emitWillQuit();
  expect(ending.isUnderWay()).toBe(true);
  ending.startAgain(['/opt/console', '.', '--data-dir', '/there']);
  await quitIsCalled();
  expect(app.relaunch).toHaveBeenCalledExactlyOnceWith({ args: ['.', '--data-dir', '/there'] });
  expect(app.relaunch.mock.invocationCallOrder[0]).toBeLessThan(app.quit.mock.invocationCallOrder[0] ?? 0);
});

it('an AppImage is started by its own file', () => {
  vi.stubEnv('APPIMAGE', '/home/li/console.AppImage');
  relaunch(['--autostart']);
  const expected = { args: ['--autostart'], execPath: '/home/li/console.AppImage' };
  expect(app.relaunch.mock.calls).toEqual([[expected]]);
});
