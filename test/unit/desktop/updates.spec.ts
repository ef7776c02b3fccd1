/** Looking for new versions: where and when, and that nothing else happens by itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Updater } from '../../../electron/desktop/updater.ts';
import { desktopUpdates } from '../../../electron/desktop/updates.ts';
import { electron } from '../../support/electron-mock.ts';
import { fakeConsole } from '../../support/fake-console.ts';
import {
  buildWith,
  byHand,
  FEED,
  HOUR,
  isConfirmed,
  last,
  log,
  logged,
  MINUTE,
  NONE,
  OFF,
  OTHER,
  offer,
  preferencesWith,
  type Result,
  renewUpdater,
  resources,
  stageUpdates,
  start,
  states,
  updater,
  views,
} from '../../support/updates-desk.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { app } = electron;

stageUpdates();

describe('where versions are looked for', () => {
  it('nowhere until an address is configured, and nothing is loaded', async () => {
    const { updates, load } = start({ automatic: true, feed: null });
    await updates.check();
    await updates.install();
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    expect(views).toEqual([OFF]);
    expect(load).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('at the address of the build', async () => {
    buildWith(`provider: generic\nurl: ${OTHER}\n`);
    const { updates } = start({ automatic: false, feed: null });
    expect(last()).toEqual({ ...OFF, state: 'idle' });
    await updates.check();
    expect(updater.setFeedURL).toHaveBeenCalledExactlyOnceWith({ provider: 'generic', url: OTHER });
  });

  it("at the person's own address before that of the build", async () => {
    buildWith(`provider: generic\nurl: ${OTHER}\n`);
    const { updates } = start(byHand);
    await updates.check();
    expect(updater.setFeedURL).toHaveBeenCalledExactlyOnceWith({ provider: 'generic', url: FEED });
  });

  it.each([
    ['in an app that is not packaged', false, {}],
    ['where the policy says so', true, { updates: false } as const],
  ])('nowhere %s, whatever is configured', async (_what, isPackaged, policy) => {
    app.isPackaged = isPackaged;
    buildWith(`provider: generic\nurl: ${OTHER}\n`);
    const { updates, load } = start({ automatic: true, feed: FEED }, policy);
    await updates.check();
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    expect(views).toEqual([OFF]);
    expect(load).not.toHaveBeenCalled();
  });

  it('nowhere any more once the address is taken away', async () => {
    const { updates, set, load } = start({ automatic: true, feed: FEED });
    set({ automatic: true, feed: null });
    await updates.check();
    await vi.advanceTimersByTimeAsync(48 * HOUR);
    expect(last()).toEqual(OFF);
    expect(load).not.toHaveBeenCalled();
  });
});

it('there is something to say of updates in a packaged app only', () => {
  expect(desktopUpdates({ policy: {}, log, isConfirmed }).abilities).toEqual(['updates']);
  app.isPackaged = false;
  expect(desktopUpdates({ policy: {}, log, isConfirmed }).abilities).toEqual([]);
});

describe('electron-updater', () => {
  it('does nothing by itself, keeps no log of addresses, and sends no id of this machine', async () => {
    await start(byHand).updates.check();
    expect(updater).toMatchObject({
      ...{ autoDownload: false, autoInstallOnAppQuit: false, disableWebInstaller: true, logger: null },
      requestHeaders: { 'x-user-staging-id': 'none' },
    });
    expect(updater.downloadUpdate).not.toHaveBeenCalled();
  });

  it('is kept from plain http, also after a redirection', async () => {
    await start(byHand).updates.check();
    const [filter, listener] = updater.blocked.mock.calls[0] ?? [];
    expect(filter).toEqual({ urls: ['http://*/*'] });
    const answer = vi.fn();
    listener({ url: 'http://updates.example/' }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel: true });
  });

  it('has a file of settings where the build brought none, and is left its own otherwise', async () => {
    await start(byHand).updates.check();
    expect(updater.updateConfigPath).toBe(join(resources, 'app-update.yml'));
    expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).toMatch(/^updaterCacheDirName: \S+\n$/);
    renewUpdater();
    buildWith('provider: generic\n');
    await start(byHand).updates.check();
    expect(updater.updateConfigPath).toBeUndefined();
  });

  it('answers a proxy that asks for a password, with one or without, so that nothing waits', async () => {
    const load = async () => updater as unknown as Updater;
    const answer = vi.fn();
    await start(byHand).updates.check();
    updater.emit('login', { host: 'proxy.example' }, answer);
    expect(answer).toHaveBeenLastCalledWith('', '');
    renewUpdater();
    const login = vi.fn(() => ['li', 'word of the proxy'] as const);
    const updates = desktopUpdates({ policy: {}, log, load, login, isConfirmed });
    const console = fakeConsole();
    updates.follow(console);
    console.announce({ type: 'preferences-changed', preferences: preferencesWith(byHand) });
    await updates.check();
    updater.emit('login', { host: 'proxy.example' }, answer);
    expect(login).toHaveBeenCalledExactlyOnceWith({ host: 'proxy.example' });
    expect(answer).toHaveBeenLastCalledWith('li', 'word of the proxy');
  });

  it('that cannot replace this package says so', async () => {
    updater.isUpdaterActive.mockReturnValue(false);
    await start(byHand).updates.check();
    expect(last()).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('not updated by the app'),
    });
    expect(updater.checkForUpdates).not.toHaveBeenCalled();
  });

  it('that cannot be loaded is tried again by the next look', async () => {
    const { updates, load } = start(byHand);
    load.mockRejectedValueOnce(new Error('broken chunk'));
    await updates.check();
    expect(last()).toMatchObject({ state: 'failed', detail: 'broken chunk' });
    await updates.check();
    expect(last().state).toBe('idle');
  });
});

describe('a look', () => {
  it('finds nothing', async () => {
    await start(byHand).updates.check();
    expect(states()).toEqual(['off', 'idle', 'checking', 'idle']);
    expect(last()).toEqual({ ...OFF, state: 'idle', at: 1_000_000 });
  });

  it('finds a version, and downloads nothing', async () => {
    updater.checkForUpdates.mockResolvedValueOnce(offer().result);
    await start(byHand).updates.check();
    expect(last()).toEqual({ ...OFF, state: 'available', version: '2.0.0', at: 1_000_000 });
    expect(updater.downloadUpdate).not.toHaveBeenCalled();
  });

  it.each([
    ['without a checksum', { url: 'console.AppImage', sha512: '' }, 'SHA-512'],
    ['over plain http', { url: 'http://cdn.example/console.AppImage', sha512: 'abc' }, 'https'],
  ])('refuses a version %s', async (_what, file, words) => {
    updater.checkForUpdates.mockResolvedValueOnce(offer('2.0.0', file).result);
    const { updates } = start(byHand);
    await updates.check();
    expect(last()).toMatchObject({ state: 'failed', detail: expect.stringContaining(words) });
    await updates.install();
    expect(updater.downloadUpdate).not.toHaveBeenCalled();
  });

  it('fails with a short reason, in the view and in the log without what an address may carry', async () => {
    updater.checkForUpdates.mockRejectedValueOnce(
      new Error(`404 at ${FEED}/latest.yml?key=hush\nHeaders: hush`),
    );
    await start(byHand).updates.check();
    expect(last()).toEqual({ ...OFF, state: 'failed', at: 1_000_000, detail: `404 at ${FEED}/latest.yml` });
    expect(logged).toHaveLength(1);
    expect(JSON.stringify([views, logged])).not.toContain('hush');
  });

  it('ends after a minute without an answer', async () => {
    updater.checkForUpdates.mockReturnValueOnce(new Promise(() => {}));
    const looking = start(byHand).updates.check();
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(last().state).toBe('checking');
    await vi.advanceTimersByTimeAsync(1);
    await looking;
    expect(last()).toMatchObject({ state: 'failed', detail: 'The feed did not answer within 60 s.' });
  });

  it('is one for all who ask at the same time', async () => {
    const { updates } = start(byHand);
    await Promise.all([updates.check(), updates.check(), updates.check()]);
    expect(updater.checkForUpdates).toHaveBeenCalledOnce();
  });

  it('at an address that was changed meanwhile counts for nothing', async () => {
    const slow = Promise.withResolvers<Result>();
    updater.checkForUpdates.mockReturnValueOnce(slow.promise);
    const { updates, set } = start(byHand);
    const looks = [updates.check()];
    await vi.advanceTimersByTimeAsync(0);
    set({ automatic: false, feed: OTHER });
    expect(last().state).toBe('idle');
    looks.push(updates.check());
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.checkForUpdates).toHaveBeenCalledOnce();
    slow.resolve(offer('9.9.9').result);
    await Promise.all(looks);
    expect(updater.setFeedURL.mock.calls.map(([{ url }]) => url)).toEqual([FEED, OTHER]);
    expect(views.map(({ version }) => version)).not.toContain('9.9.9');
    expect(last().state).toBe('idle');
  });

  it('at an address that was changed before its turn is never made', async () => {
    const slow = Promise.withResolvers<Result>();
    updater.checkForUpdates.mockReturnValueOnce(slow.promise);
    const { updates, set } = start(byHand);
    const looks = [updates.check()];
    await vi.advanceTimersByTimeAsync(0);
    set({ automatic: false, feed: OTHER });
    looks.push(updates.check());
    set({ automatic: false, feed: null });
    slow.resolve(NONE);
    await Promise.all(looks);
    expect(updater.setFeedURL.mock.calls.map(([{ url }]) => url)).toEqual([FEED]);
    expect(last()).toEqual(OFF);
  });
});

describe('looking by itself', () => {
  const automatic = { automatic: true, feed: FEED };
  const looks = () => updater.checkForUpdates.mock.calls.length;

  it('a minute after the start, then once a day', async () => {
    start(automatic);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(looks()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(24 * HOUR - 1);
    expect(looks()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks()).toBe(2);
  });

  it('not where the person looks by hand', async () => {
    start(byHand);
    await vi.advanceTimersByTimeAsync(72 * HOUR);
    expect(looks()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('no more once it is switched off', async () => {
    const { set } = start(automatic);
    await vi.advanceTimersByTimeAsync(MINUTE);
    set(byHand);
    await vi.advanceTimersByTimeAsync(72 * HOUR);
    expect(looks()).toBe(1);
  });

  it('once, within the hour, after a sleep of a week', async () => {
    start(automatic);
    await vi.advanceTimersByTimeAsync(MINUTE);
    // Timers stood still while the wall clock went on.
    vi.setSystemTime(Date.now() + 7 * 24 * HOUR);
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(looks()).toBe(2);
    await vi.advanceTimersByTimeAsync(23 * HOUR - MINUTE);
    expect(looks()).toBe(2);
  });

  it('within a day after the clock was set back by a year', async () => {
    start(automatic);
    await vi.advanceTimersByTimeAsync(MINUTE);
    vi.setSystemTime(Date.now() - 365 * 24 * HOUR);
    await vi.advanceTimersByTimeAsync(25 * HOUR + MINUTE);
    expect(looks()).toBe(2);
  });

  it('a day after the last look by hand', async () => {
    const { updates } = start(automatic);
    await updates.check();
    await vi.advanceTimersByTimeAsync(24 * HOUR - 1);
    expect(looks()).toBe(1);
  });

  it('installs nothing', async () => {
    updater.checkForUpdates.mockResolvedValue(offer().result);
    start(automatic);
    await vi.advanceTimersByTimeAsync(72 * HOUR);
    expect(last().state).toBe('available');
    expect(updater.downloadUpdate).not.toHaveBeenCalled();
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
  });
});
