/** `app`: its life from the start to the end, and what it knows of the machine. */
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { type Lock, takeLock } from './lock.ts';
import { isPrevented, makeEvent, strict, withEvents } from './strict.ts';
import { machine, noted, unseen } from './world.ts';

/** Windows, as the end of the app needs them. */
export interface Closable {
  close(): void;
  destroy(): void;
}
export const openWindows = new Set<Closable>();

const root = process.argv[1] ?? process.cwd();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
const settings = join(homedir(), '.config');
const paths: Record<string, string> = {
  home: homedir(),
  appData: settings,
  userData: join(settings, manifest.name),
  temp: tmpdir(),
  exe: process.execPath,
  desktop: join(homedir(), 'Desktop'),
  documents: join(homedir(), 'Documents'),
  downloads: join(homedir(), 'Downloads'),
};

let name = manifest.name;
let lock: Lock | null = null;
/** What is done when nothing can be prevented any more. */
export const lastTasks: (() => Promise<unknown>)[] = [() => lock?.settled ?? Promise.resolve()];
let life: 'open' | 'quitting' | 'over' = 'open';
const readiness = Promise.withResolvers<void>();

function pathOf(wanted: string): string {
  const found = wanted === 'logs' ? (paths.logs ?? join(pathOf('userData'), 'logs')) : paths[wanted];
  if (found === undefined) throw new Error(`Failed to get '${wanted}' path`);
  return found;
}

function end(code: number): void {
  if (life === 'over') return;
  life = 'over';
  noted.life.push('quit');
  app.emit('quit', makeEvent({}), code);
  // In Electron too the code that called goes on to its end.
  void Promise.allSettled(lastTasks.map((task) => task())).then(() => process.exit(code));
}

function endUnlessPrevented(): void {
  noted.life.push('will-quit');
  // As a real Electron was seen to: microtasks run inside the emission, and until it has returned a `quit` is lost.
  // Asked for before the app is, so that it comes before whatever the app puts off.
  setImmediate(() => {
    if (life === 'quitting') life = 'open';
  });
  if (!isPrevented(app, 'will-quit')) end(0);
}

/** To be called when the last window has gone. */
export function lastWindowClosed(): void {
  if (life === 'quitting') endUnlessPrevented();
  else if (life === 'open') {
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }
}

/** A window would not close: the app does not quit. */
export function closingPrevented(): void {
  if (life === 'quitting') life = 'open';
}

const members = {
  isPackaged: false as boolean,
  dock: undefined,
  commandLine: strict('app.commandLine', {
    appendSwitch: () => undefined,
    appendArgument: () => undefined,
    hasSwitch: () => false,
    getSwitchValue: () => '',
    removeSwitch: () => undefined,
  } satisfies Partial<Electron.CommandLine>) as Electron.CommandLine,
  get name() {
    return name;
  },
  whenReady: () => readiness.promise,
  isReady: () => noted.life.includes('ready'),
  quit() {
    if (life !== 'open') return;
    noted.life.push('before-quit');
    if (isPrevented(app, 'before-quit')) return;
    life = 'quitting';
    if (openWindows.size === 0) return endUnlessPrevented();
    for (const window of [...openWindows]) if (life === 'quitting') window.close();
  },
  exit(code = 0) {
    if (life === 'over') return;
    life = 'quitting';
    for (const window of [...openWindows]) window.destroy();
    end(code);
  },
  relaunch: () => void noted.life.push('relaunch'),
  requestSingleInstanceLock() {
    lock ??= takeLock(pathOf('userData'), (argv, cwd) => {
      app.emit('second-instance', makeEvent({}), argv, cwd, null);
    });
    return lock.isFirst;
  },
  hasSingleInstanceLock: () => lock?.isFirst === true,
  releaseSingleInstanceLock: () => lock?.release(),
  focus: () => undefined,
  enableSandbox: () => undefined,
  disableHardwareAcceleration: () => undefined,
  getAppPath: () => root,
  getName: () => name,
  setName(given) {
    name = given;
  },
  getVersion: () => manifest.version,
  getLocale: () => machine.languages[0] ?? 'en-US',
  getSystemLocale: () => machine.languages[0] ?? 'en-US',
  getPreferredSystemLanguages: () => [...machine.languages],
  getPath: pathOf,
  setPath(wanted, path) {
    paths[wanted] = path;
  },
  setAppLogsPath(path) {
    const logs = path ?? pathOf('logs');
    paths.logs = logs;
    mkdirSync(logs, { recursive: true });
  },
  setAppUserModelId: () => undefined,
  setBadgeCount: () => false,
  setLoginItemSettings(given) {
    unseen.loginItem = given;
  },
  getLoginItemSettings: () => ({
    openAtLogin: (unseen.loginItem as Electron.Settings | null)?.openAtLogin === true,
    wasOpenedAtLogin: machine.openedAtLogin,
    status: 'not-registered',
    executableWillLaunchAtLogin: false,
    launchItems: [],
  }),
  setAboutPanelOptions(options) {
    unseen.about.options = options;
  },
  showAboutPanel() {
    unseen.about.shown += 1;
  },
} satisfies Partial<Electron.App>;

export const app = strict('app', withEvents(members));

/** When the app's own file has run: Electron holds `ready` back until then. */
export function becomeReady(): void {
  if (life === 'over') return;
  noted.life.push('ready');
  app.emit('will-finish-launching');
  app.emit('ready', makeEvent({}), {});
  readiness.resolve();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
