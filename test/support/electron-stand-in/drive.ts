/** What a test may do to the running app, and what it sees of it. */
import type { EventEmitter } from 'node:events';
import { app } from './app.ts';
import type { AppCalls, Recorded, Target } from './calls.ts';
import { clipboardView } from './clipboard.ts';
import { Menu, popups, within } from './menu.ts';
import { isPrevented } from './strict.ts';
import { nativeTheme, powerMonitor, screen } from './system.ts';
import { notifications, trays } from './tray.ts';
import { windows } from './window.ts';
import { machine, noted, unseen } from './world.ts';

type OrPromise<T> = {
  [K in keyof T]: T[K] extends (...args: infer P) => infer V ? (...args: P) => V | Promise<V> : never;
};

/** These hand their listeners no event object. */
const PLAIN: Readonly<Record<string, EventEmitter>> = { powerMonitor, nativeTheme, screen };

function at<T>(list: readonly T[], index: number, what: string): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${what} ${index}: ${list.length} are there`);
  return found;
}

function emitterOf(target: Target): EventEmitter {
  if (target === 'app') return app;
  const [kind = '', index = '0'] = target.split(':');
  const n = Number(index);
  if (kind === 'window') return at(windows, n, kind);
  if (kind === 'webContents') return at(windows, n, kind).contents;
  return kind === 'tray' ? at(trays, n, kind) : at(notifications, n, kind);
}

const applicationMenu = () => within(Menu.getApplicationMenu());

export async function record(): Promise<Recorded> {
  return {
    ...noted,
    ...unseen,
    clipboard: await clipboardView(),
    windows: windows.map((window) => window.view()),
    trays: trays.map((tray) => tray.view()),
    notifications: notifications.map((notification) => notification.view()),
    applicationMenu: applicationMenu()?.view() ?? null,
    popups: popups.map((menu) => menu.view()),
  };
}

export const appCalls: OrPromise<AppCalls> = {
  record,
  cdpEvent(window, method, params) {
    windows.find(({ contents }) => contents.id === window)?.contents.driver.hear(method, params);
  },
  set(changes) {
    Object.assign(machine, changes);
    if (changes.dark !== undefined) nativeTheme.emit('updated');
  },
  emit(target, event, args) {
    const plain = PLAIN[target];
    if (plain === undefined) return isPrevented(emitterOf(target), event, {}, ...args);
    plain.emit(event, ...args);
    return false;
  },
  choose(where, labels) {
    const tray = trays.findLast((one) => !one.isDestroyed());
    const menus = { application: applicationMenu(), tray: within(tray?.menu ?? null), popup: popups.at(-1) };
    const menu = menus[where];
    if (!menu) throw new Error(`there is no ${where} menu`);
    menu.choose(labels);
  },
  press(accelerator) {
    const item = applicationMenu()?.byKey(accelerator);
    if (!item) throw new Error(`no item of the application menu has the key ${accelerator}`);
    item.click();
  },
  handleWindow: (index, act) => at(windows, index, 'window')[act](),
  forge: (index, frame, channel, args) => at(windows, index, 'window').contents.forge(frame, channel, args),
  quit() {
    setImmediate(() => app.quit()); // after the answer to this question
  },
};
