/** Downloading and installing a version that was found: only when asked, only what can be trusted, and last of all. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isInstallConfirmed } from '../../../electron/desktop/update-install.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';
import { electron, emitWillQuit, fakeEvent } from '../../support/electron-mock.ts';
import {
  buildWith,
  byHand,
  FEED,
  isConfirmed,
  last,
  logged,
  MINUTE,
  OFF,
  offer,
  stageUpdates,
  start,
  updater,
  views,
} from '../../support/updates-desk.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;

stageUpdates();

describe('a download', () => {
  async function begin() {
    const found = offer();
    updater.checkForUpdates.mockResolvedValueOnce(found.result);
    const download = Promise.withResolvers<string[]>();
    updater.downloadUpdate.mockReturnValueOnce(download.promise);
    const parts = start(byHand);
    await parts.updates.check();
    await parts.updates.install();
    await vi.advanceTimersByTimeAsync(0);
    return { ...parts, ...found, download };
  }

  it('begins when asked, is told in whole percents, and ends ready', async () => {
    const { download, result } = await begin();
    expect(updater.downloadUpdate).toHaveBeenCalledExactlyOnceWith(result.cancellationToken);
    for (const percent of [0.2, 12.4, 12.9, 99.99]) updater.emit('download-progress', { percent });
    download.resolve([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(views.slice(4).map(({ state, percent }) => [state, percent])).toEqual([
      ['downloading', 0],
      ['downloading', 12],
      ['downloading', 99],
      ['ready', 100],
    ]);
    expect(last()).toMatchObject({ version: '2.0.0', detail: null });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is one, and no look disturbs it', async () => {
    const { updates } = await begin();
    await updates.install();
    await updates.check();
    expect(updater.downloadUpdate).toHaveBeenCalledOnce();
    expect(updater.checkForUpdates).toHaveBeenCalledOnce();
    expect(last().state).toBe('downloading');
  });

  it('may fail, as for a wrong signature; a new look finds it again', async () => {
    const { updates, download } = await begin();
    download.reject(new Error('New version 2.0.0 is not signed by the application owner: {}'));
    await vi.advanceTimersByTimeAsync(0);
    expect(last()).toMatchObject({
      state: 'failed',
      version: '2.0.0',
      detail: expect.stringContaining('signed'),
    });
    await updates.install();
    expect(updater.downloadUpdate).toHaveBeenCalledOnce();
    updater.checkForUpdates.mockResolvedValueOnce(offer().result);
    await updates.check();
    expect(last()).toMatchObject({ state: 'available', detail: null });
  });

  it('that stands still for five minutes is given up', async () => {
    const { cancel } = await begin();
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    updater.emit('download-progress', { percent: 50 });
    await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
    expect(last().state).toBe('downloading');
    await vi.advanceTimersByTimeAsync(1);
    expect(last()).toMatchObject({ state: 'failed', detail: 'The download stood still for 5 minutes.' });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it.each([
    [
      'ends as cancelled',
      (download: PromiseWithResolvers<string[]>) => download.reject(new Error('cancelled')),
    ],
    ['was just complete', (download: PromiseWithResolvers<string[]>) => download.resolve([])],
  ])('is stopped when the address is taken away, also when it %s', async (_what, end) => {
    const { set, cancel, download } = await begin();
    set({ automatic: false, feed: null });
    expect(cancel).toHaveBeenCalledOnce();
    end(download);
    await vi.advanceTimersByTimeAsync(0);
    expect(last()).toEqual(OFF);
  });
});

describe('on Windows', () => {
  const platform = process.platform;
  beforeEach(() => void Object.defineProperty(process, 'platform', { value: 'win32' }));
  afterEach(() => void Object.defineProperty(process, 'platform', { value: platform }));

  it('nothing is downloaded by a build that does not name its publisher', async () => {
    buildWith(`provider: generic\nurl: ${FEED}\n`);
    updater.checkForUpdates.mockResolvedValueOnce(offer().result);
    const { updates } = start(byHand);
    await updates.check();
    await updates.install();
    expect(last()).toMatchObject({ state: 'failed', detail: expect.stringContaining('publisher') });
    expect(updater.downloadUpdate).not.toHaveBeenCalled();
  });

  it('a build that names it goes on', async () => {
    buildWith(`provider: generic\nurl: ${FEED}\npublisherName:\n  - Example Ltd\n`);
    updater.checkForUpdates.mockResolvedValueOnce(offer().result);
    const { updates } = start(byHand);
    await updates.check();
    await updates.install();
    await vi.advanceTimersByTimeAsync(0);
    expect(last().state).toBe('ready');
  });
});

describe('installing', () => {
  /** The app is about to go; true if it is held back. `busy`: something else holds it back already. */
  function willQuit({ busy = false } = {}): boolean {
    const event = { ...fakeEvent({}), defaultPrevented: busy };
    app.emit('will-quit', event);
    return event.preventDefault.mock.calls.length > 0;
  }

  async function ready() {
    updater.checkForUpdates.mockResolvedValueOnce(offer().result);
    const { updates } = start(byHand);
    await updates.check();
    await updates.install();
    await vi.advanceTimersByTimeAsync(0);
    expect(last().state).toBe('ready');
    return updates;
  }

  it('asks the person first, naming the version and where it comes from', async () => {
    const updates = await ready();
    isConfirmed.mockResolvedValueOnce(false);
    await updates.install();
    expect(isConfirmed).toHaveBeenCalledExactlyOnceWith('2.0.0', new URL(FEED).host);
    expect(app.quit).not.toHaveBeenCalled();
    expect(willQuit()).toBe(false);
    expect(last().state).toBe('ready');
  });

  it('is asked by the system’s own dialog, which the page cannot answer', async () => {
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    expect(await isInstallConfirmed(zh, null, '2.0.0', 'updates.example')).toBe(true);
    const [options] = electron.dialog.showMessageBox.mock.lastCall ?? [];
    expect(JSON.stringify(options)).toMatch(/2\.0\.0.*updates\.example/);
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 0, checkboxChecked: false });
    expect(await isInstallConfirmed(zh, null, '2.0.0', 'updates.example')).toBe(false);
  });

  it('never happens because the app quits', async () => {
    await ready();
    expect(willQuit()).toBe(false);
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
  });

  it('quits the usual way first, and comes after everything else has ended', async () => {
    const updates = await ready();
    await updates.install();
    expect(app.quit).toHaveBeenCalledOnce();
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
    expect(willQuit({ busy: true })).toBe(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
    expect(willQuit()).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.quitAndInstall).toHaveBeenCalledExactlyOnceWith(true, true);
  });

  it('lets go of the single-instance lock first: the new version may start at once', async () => {
    await (await ready()).install();
    willQuit();
    await vi.advanceTimersByTimeAsync(0);
    const [released] = app.releaseSingleInstanceLock.mock.invocationCallOrder;
    const [installed] = updater.quitAndInstall.mock.invocationCallOrder;
    expect(released).toBeLessThan(installed ?? 0);
  });

  it('lets the app go when the installer has taken over', async () => {
    await (await ready()).install();
    willQuit();
    await vi.advanceTimersByTimeAsync(0);
    expect(willQuit()).toBe(false);
    expect(updater.quitAndInstall).toHaveBeenCalledOnce();
    expect(app.relaunch).not.toHaveBeenCalled();
  });

  it.each([
    ['says so', () => updater.emit('error', new Error('pkexec: not authorised'))],
    ['never starts', () => vi.advanceTimersByTimeAsync(120_000)],
  ])('that fails starts this version again: the installer %s', async (_what, fail) => {
    await (await ready()).install();
    willQuit();
    await vi.advanceTimersByTimeAsync(0);
    await fail();
    updater.emit('error', new Error('once more'));
    await vi.advanceTimersByTimeAsync(0);
    expect(app.relaunch).toHaveBeenCalledOnce();
    expect(app.quit).toHaveBeenCalledTimes(2);
    expect(logged.join()).toContain('could not be installed');
  });

  it('that fails in an AppImage starts its file again, not what was mounted from it', async () => {
    vi.stubEnv('APPIMAGE', '/home/li/console.AppImage');
    await (await ready()).install();
    willQuit();
    await vi.advanceTimersByTimeAsync(0);
    updater.emit('error', new Error('no room'));
    await vi.advanceTimersByTimeAsync(0);
    expect(app.relaunch).toHaveBeenCalledExactlyOnceWith({ execPath: '/home/li/console.AppImage' });
  });

  it('that throws starts this version again as well', async () => {
    await (await ready()).install();
    updater.quitAndInstall.mockImplementationOnce(() => {
      throw new Error('APPIMAGE env is not defined');
    });
    expect(await emitWillQuit()).toEqual({ isPrevented: true, lost: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(app.relaunch).toHaveBeenCalledOnce();
  });
});
