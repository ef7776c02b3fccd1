/** What the two processes may ask of each other, and what a test sees of the app. */

/** What the test's process does for the stand-in's: it has the browser. */
export interface BrowserCalls {
  /** A page for a window, with a session of the DevTools protocol. */
  openPage(window: number): Promise<void>;
  closePage(window: number): Promise<void>;
  cdp(window: number, method: string, params: object): Promise<unknown>;
  /** The permissions that a site has; it has no others. */
  grant(window: number, origin: string, permissions: readonly string[]): Promise<void>;
  /** All that happened, told last of all. */
  ended(all: Recorded): void;
}

/** What the test may ask of the running app. */
export interface AppCalls {
  cdpEvent(window: number, method: string, params: object): void;
  /** What has happened so far. */
  record(): Recorded;
  /** Changes what the machine around the app is like. */
  set(changes: Partial<Machine>): void;
  /** Lets something happen, as the system would; true when a listener prevented what follows by default. */
  emit(target: Target, event: string, args: readonly unknown[]): boolean;
  /** Chooses an item by its labels, from the outermost menu inwards; throws when there is none to choose. */
  choose(menu: 'application' | 'tray' | 'popup', labels: readonly string[]): void;
  /** Presses a key of the application menu, for example `CmdOrCtrl+R`. */
  press(accelerator: string): void;
  /** What a person does to a window by its frame or the taskbar. */
  handleWindow(window: number, act: WindowAct): void;
  /** Speaks as a page that broke out of its preload's bounds would, from the main frame or the first inside it. */
  forge(window: number, frame: 'main' | 'inner', channel: string, args: readonly unknown[]): Promise<unknown>;
  quit(): void;
}

export type WindowAct = 'close' | 'hide' | 'minimize' | 'maximize' | 'restore' | 'show' | 'focus' | 'blur';

/** By name, or the n-th window, web contents, tray or notification, counted from 0. */
export type Target =
  | 'app'
  | 'powerMonitor'
  | 'nativeTheme'
  | 'screen'
  | `${'window' | 'webContents' | 'tray' | 'notification'}:${number}`;

export interface Machine {
  /** What `process.platform` says to the app; this machine's own unless told. */
  readonly platform: NodeJS.Platform;
  readonly dark: boolean;
  /** Preferred first. */
  readonly languages: readonly string[];
  readonly online: boolean;
  readonly idleSeconds: number;
  readonly notifications: boolean;
  readonly openedAtLogin: boolean;
  readonly touchId: 'absent' | 'accepts' | 'refuses';
  /** The button that is pressed in message boxes; null: nobody expects one, and one throws. */
  readonly messageBox: number | null;
  /** The file that is chosen in save dialogs, '' for none; null: nobody expects one. */
  readonly saveAs: string | null;
  readonly open: readonly string[] | null;
  /** Why the system would not open an address, or null. */
  readonly openFails: string | null;
}

export interface MenuItemView {
  readonly label: string;
  readonly role: string | null;
  readonly type: string;
  readonly accelerator: string | null;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly submenu: readonly MenuItemView[];
}

export interface WindowView {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  readonly isMinimized: boolean;
  readonly isDestroyed: boolean;
  readonly isContentProtected: boolean;
  readonly options: object;
}

export interface TrayView {
  /** The image's file, or 'empty' when there is nothing to see. */
  readonly image: string;
  readonly toolTip: string;
  readonly menu: readonly MenuItemView[] | null;
  /** How often it was drawn anew. */
  readonly changes: number;
  readonly isDestroyed: boolean;
}

export interface NotificationView {
  readonly title: string;
  readonly body: string;
  readonly state: 'made' | 'shown' | 'closed';
}

export interface Recorded {
  readonly clipboard: { readonly text: string; readonly formats: readonly string[] };
  readonly windows: readonly WindowView[];
  readonly trays: readonly TrayView[];
  readonly notifications: readonly NotificationView[];
  readonly applicationMenu: readonly MenuItemView[] | null;
  readonly popups: readonly (readonly MenuItemView[])[];
  readonly dialogs: readonly { readonly kind: string; readonly title: string; readonly text: string }[];
  readonly opened: readonly { readonly kind: 'address' | 'path' | 'folder'; readonly what: string }[];
  /** Navigations and windows that the app forbade. */
  readonly forbidden: readonly string[];
  readonly loginItem: object | null;
  readonly about: { readonly options: object; readonly shown: number };
  readonly proxies: readonly { readonly partition: string; readonly config: object }[];
  /** Lifecycle events in their order: ready, before-quit, will-quit, quit. */
  readonly life: readonly string[];
  /** What the app asked of Electron that the stand-in lacks, and what nobody decided about. */
  readonly faults: readonly string[];
}
