/** `Tray` and `Notification`: remembered, and driven by the test. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { NotificationView, TrayView } from './calls.ts';
import { within } from './menu.ts';
import { sourceOf } from './native-image.ts';
import { strict } from './strict.ts';
import { machine } from './world.ts';

type Image = Electron.NativeImage | string;
type TrayMembers =
  | (
      | 'setImage'
      | 'setPressedImage'
      | 'setToolTip'
      | 'setTitle'
      | 'setContextMenu'
      | 'popUpContextMenu'
      | 'destroy'
    )
  | ('isDestroyed' | 'setIgnoreDoubleClickEvents');

export const trays: StandInTray[] = [];

class StandInTray extends EventEmitter implements Pick<Electron.Tray, TrayMembers> {
  menu: Electron.Menu | null = null;
  private image: string;
  private toolTip = '';
  private changes = 0;
  private isGone = false;

  constructor(image: Image) {
    super();
    this.image = sourceOf(image);
    const self = strict('Tray', this);
    trays.push(self);
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds must say loudly what it lacks.
    return self;
  }
  private changed(): void {
    if (this.isGone) throw new TypeError('Tray is destroyed');
    this.changes += 1;
  }
  setImage(image: Image): void {
    this.changed();
    this.image = sourceOf(image);
  }
  setPressedImage(): void {
    this.changed();
  }
  setToolTip(text: string): void {
    this.changed();
    this.toolTip = text;
  }
  setTitle(): void {
    this.changed();
  }
  setContextMenu(menu: Electron.Menu | null): void {
    this.changed();
    this.menu = menu;
  }
  setIgnoreDoubleClickEvents(): void {}
  popUpContextMenu(): void {}
  destroy(): void {
    this.isGone = true;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  view(): TrayView {
    const { image, toolTip, changes, isGone } = this;
    return { image, toolTip, changes, isDestroyed: isGone, menu: within(this.menu)?.view() ?? null };
  }
}

export const Tray = strict('Tray', StandInTray);

export const notifications: StandInNotification[] = [];

class StandInNotification
  extends EventEmitter
  implements Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body' | 'silent'>
{
  title: string;
  body: string;
  silent: boolean;
  private state: NotificationView['state'] = 'made';

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    const self = strict('Notification', this);
    notifications.push(self);
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds must say loudly what it lacks.
    return self;
  }
  static isSupported(): boolean {
    return machine.notifications;
  }
  show(): void {
    if (!machine.notifications) return;
    this.state = 'shown';
    this.emit('show', {});
  }
  close(): void {
    if (this.state !== 'shown') return;
    this.state = 'closed';
    this.emit('close', {});
  }
  view(): NotificationView {
    return { title: this.title, body: this.body, state: this.state };
  }
}

export const Notification = strict('Notification', StandInNotification);
