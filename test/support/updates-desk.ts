/** Updates over a fake electron-updater, that follow a console whose settings a test changes. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Preferences, UpdateView } from '../../electron/console/contract.ts';
import type { Policy } from '../../electron/console/policy.ts';
import { DEFAULT_PREFERENCES } from '../../electron/console/preferences.ts';
import type { Updater } from '../../electron/desktop/updater.ts';
import { desktopUpdates } from '../../electron/desktop/updates.ts';
import { electron, resetElectron } from './electron-mock.ts';
import { emptyState, fakeConsole } from './fake-console.ts';

const { app } = electron;
export const FEED = 'https://updates.example/console';
export const OTHER = 'https://other.example/console';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const OFF: UpdateView = { state: 'off', version: null, percent: null, at: null, detail: null };

export type Result = NonNullable<Awaited<ReturnType<Updater['checkForUpdates']>>>;

export const NONE = {
  isUpdateAvailable: false,
  updateInfo: { version: '1.2.3', files: [] },
} as unknown as Result;

/** A look that finds a version, and the way to stop its download. */
export function offer(version = '2.0.0', file: object = { url: 'console.AppImage', sha512: 'abc' }) {
  const cancel = vi.fn();
  const updateInfo = { version, files: [file] };
  const result = { isUpdateAvailable: true, updateInfo, cancellationToken: { cancel } };
  return { result: result as unknown as Result, cancel };
}

/** As electron-updater behaves for what is used of it; its own events come through `emit`. */
function fakeUpdater() {
  const events = new EventEmitter();
  const blocked = vi.fn();
  const updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    disableWebInstaller: false,
    logger: console as Updater['logger'],
    requestHeaders: null as Updater['requestHeaders'],
    updateConfigPath: undefined as unknown,
    netSession: { webRequest: { onBeforeRequest: blocked } },
    on: events.on.bind(events),
    emit: events.emit.bind(events),
    listenerCount: events.listenerCount.bind(events),
    checkForUpdates: vi.fn(async (): Promise<Result | null> => NONE),
    downloadUpdate: vi.fn(async (): Promise<string[]> => []),
    isUpdaterActive: vi.fn(() => true),
    quitAndInstall: vi.fn(),
    setFeedURL: vi.fn(),
    blocked,
  };
  return updater;
}

/** The one of the test that runs. */
export let updater: ReturnType<typeof fakeUpdater>;
export let resources: string;
export const views: UpdateView[] = [];
export const logged: string[] = [];
const note = (facts: object, message: string) => void logged.push(JSON.stringify({ ...facts, message }));
export const log = { info: note, warn: note, error: note };
/** What the person answers when asked whether to install. */
export const isConfirmed = vi.fn(async (_version: string, _from: string) => true);
export const last = () => views.at(-1) ?? OFF;
export const states = () => views.map(({ state }) => state);

export function renewUpdater(): void {
  updater = fakeUpdater();
}

/** A packaged app with an updater of its own for each test, on a clock that stands. */
export function stageUpdates(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    resetElectron();
    app.isPackaged = true;
    renewUpdater();
    views.length = 0;
    logged.length = 0;
    isConfirmed.mockClear();
    resources = mkdtempSync(join(tmpdir(), 'wtc-resources-'));
    app.getPath.mockImplementation(() => resources);
    Object.defineProperty(process, 'resourcesPath', { value: resources, configurable: true });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    app.isPackaged = false;
    app.getPath.mockImplementation((name) => `/profile/${name}`);
    Reflect.deleteProperty(process, 'resourcesPath');
    rmSync(resources, { recursive: true, force: true });
  });
}

export function preferencesWith(updates: Preferences['updates']) {
  return { ...emptyState.preferences, values: { ...DEFAULT_PREFERENCES, updates } };
}

/** What electron-builder put beside the app. */
export function buildWith(text: string) {
  writeFileSync(join(resources, 'app-update.yml'), text);
}

/** Updates that follow a console with these settings. */
export function start(settings: Preferences['updates'], policy: Pick<Policy, 'updates'> = {}) {
  const load = vi.fn(async () => updater as unknown as Updater);
  const updates = desktopUpdates({ policy, log, load, isConfirmed });
  updates.listen((view) => views.push(view));
  const console = fakeConsole();
  const set = (next: Preferences['updates']) =>
    console.announce({ type: 'preferences-changed', preferences: preferencesWith(next) });
  updates.follow(console);
  set(settings);
  return { updates, set, load };
}

export const byHand = { automatic: false, feed: FEED };
