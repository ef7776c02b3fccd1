/** A new version from a real https feed, by the real electron-updater, into the place of an AppImage. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, it as always, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { UpdateView } from '../../electron/console/contract.ts';
import { DEFAULT_PREFERENCES } from '../../electron/console/preferences.ts';
import { desktopUpdates } from '../../electron/desktop/updates.ts';
import { emptyState, fakeConsole } from '../support/fake-console.ts';
import { startTlsWechat, type TlsWechat } from '../support/tls-wechat.ts';
import { asked, electron, standIn } from '../support/updater-electron.ts';

vi.mock('electron', async () => (await import('../support/updater-electron.ts')).electron);

// The updater is another one on each system; this one is Linux's.
const it = always.skipIf(process.platform !== 'linux');
const NAME = 'console-2.0.0.AppImage';
const note = () => {};
const log = { info: note, warn: note, error: note };

let folder: string;
let feed: TlsWechat;
let place: string;
let marker: string;
/** What the feed offers, and what it then gives. */
let offered: string;
let given: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wtc-update-'));
  standIn(join(folder, 'data'));
  feed = await startTlsWechat(['localhost']);
});
afterAll(async () => {
  await feed.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  asked.length = 0;
  marker = join(folder, 'started');
  place = join(folder, 'Console.AppImage');
  rmSync(marker, { force: true });
  writeFileSync(place, 'the old version');
  offered = `#!/bin/sh\necho "$APPIMAGE" > '${marker}'\n`;
  given = offered;
  vi.stubEnv('APPIMAGE', place);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  Object.defineProperty(process, 'resourcesPath', { value: folder, configurable: true });
  feed.answer = (path) => (path.includes('.yml') ? offer() : path.endsWith(NAME) ? given : '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  electron.app.removeAllListeners();
  vi.clearAllMocks();
});

/** As electron-builder writes it. */
function offer(url = NAME): string {
  const sha512 = createHash('sha512').update(offered).digest('base64');
  const size = Buffer.byteLength(offered);
  return `version: 2.0.0\nfiles:\n  - url: ${url}\n    sha512: ${sha512}\n    size: ${size}\npath: ${url}\nsha512: ${sha512}\nreleaseDate: '2026-11-22T00:00:00.000Z'\n`;
}

function start() {
  const views: UpdateView[] = [];
  const updates = desktopUpdates({ policy: {}, log, isConfirmed: async () => true });
  updates.listen((view) => views.push(view));
  const console = fakeConsole();
  updates.follow(console);
  const settings = { automatic: false, feed: `https://localhost:${feed.port}/console` };
  const values = { ...DEFAULT_PREFERENCES, updates: settings };
  console.announce({ type: 'preferences-changed', preferences: { ...emptyState.preferences, values } });
  return { updates, views, last: () => views.at(-1) };
}

async function settled(last: () => UpdateView | undefined) {
  await vi.waitFor(() => expect(last()?.state).not.toBe('downloading'), { timeout: 10_000 });
  return last();
}

it('is found, downloaded when asked, and put in the place of the old one at the end', async () => {
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'available', version: '2.0.0', detail: null });
  expect(asked.filter((url) => url.includes('.AppImage'))).toEqual([]);
  await updates.install();
  expect(await settled(last)).toMatchObject({ state: 'ready', version: '2.0.0' });
  expect(readFileSync(place, 'utf8')).toBe('the old version');
  await updates.install();
  expect(electron.app.quit).toHaveBeenCalledOnce();
  electron.app.emit('will-quit', { preventDefault: note, defaultPrevented: false });
  await vi.waitFor(() => expect(existsSync(marker)).toBe(true), { timeout: 5000 });
  expect(readFileSync(place, 'utf8')).toBe(offered);
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledTimes(2));
  expect(electron.app.relaunch).not.toHaveBeenCalled();
});

it('that is not what the feed vouched for is thrown away', async () => {
  given = offered.replace('echo', 'rm  ');
  const { updates, last } = start();
  await updates.check();
  await updates.install();
  expect(await settled(last)).toMatchObject({ state: 'failed', detail: expect.stringMatching(/sha512/) });
  expect(readFileSync(place, 'utf8')).toBe('the old version');
});

it('is not fetched over plain http, where the feed points to', async () => {
  feed.answer = () => offer('http://localhost:1/console-2.0.0.AppImage');
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'failed', detail: expect.stringContaining('https') });
  expect(asked.filter((url) => url.startsWith('http:'))).toEqual([]);
});

it('is not looked for over plain http, where the feed is redirected to', async () => {
  feed.answer = (_path, response) => {
    response.writeHead(302, { location: 'http://localhost:1/latest.yml' });
    return '';
  };
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'failed', detail: expect.stringContaining('ERR_BLOCKED_BY_CLIENT') });
  expect(asked.at(-1)).toMatch(/^http:/);
});

it('is none when the feed has what is here', async () => {
  feed.answer = () => offer().replaceAll('2.0.0', '1.0.0');
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'idle', version: null, detail: null });
});

it('is none when the feed has what is older: nobody is led back to a version with holes', async () => {
  feed.answer = () => offer().replaceAll('2.0.0', '0.9.0');
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'idle', version: null, detail: null });
});

it.each([
  ['nonsense', '<html>Sign in</html>'],
  ['nothing', ''],
])('a feed that answers %s is told, shortly', async (_what, text) => {
  feed.answer = () => text;
  const { updates, last } = start();
  await updates.check();
  expect(last()).toMatchObject({ state: 'failed', detail: expect.stringMatching(/^.{1,200}$/) });
});
