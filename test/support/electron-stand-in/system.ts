/** What the app asks of the system around it: dialogs, other programs, power, displays, colours. */
import type Electron from 'electron';
import { strict, withEvents } from './strict.ts';
import { fault, machine, noted } from './world.ts';

const decided = <T>(what: string, value: T | null): T => {
  if (value === null) throw fault(`stand-in: nobody said how to answer ${what}`);
  return value;
};

/** Some of Electron's dialogs take a window first. */
function optionsOf<T>(args: readonly unknown[]): T {
  return args.at(-1) as T;
}

function askMessage(...args: unknown[]): number {
  const { message, detail = '', title = '' } = optionsOf<Electron.MessageBoxOptions>(args);
  noted.dialogs.push({ kind: 'message', title, text: `${message}\n${detail}`.trim() });
  return decided(`the message box "${message}"`, machine.messageBox);
}

export const dialog = strict('dialog', {
  showErrorBox(title: string, text: string) {
    noted.dialogs.push({ kind: 'error', title, text });
  },
  showMessageBoxSync: askMessage,
  async showMessageBox(...args: unknown[]) {
    return { response: askMessage(...args), checkboxChecked: false };
  },
  async showSaveDialog(...args: unknown[]) {
    const { title = '', defaultPath = '' } = optionsOf<Electron.SaveDialogOptions>(args);
    noted.dialogs.push({ kind: 'save', title, text: defaultPath });
    const filePath = decided('the save dialog', machine.saveAs);
    return { canceled: filePath === '', filePath };
  },
  async showOpenDialog(...args: unknown[]) {
    noted.dialogs.push({
      kind: 'open',
      title: optionsOf<Electron.OpenDialogOptions>(args).title ?? '',
      text: '',
    });
    const filePaths = [...decided('the open dialog', machine.open)];
    return { canceled: filePaths.length === 0, filePaths };
  },
} satisfies Partial<Electron.Dialog>);

export const shell = strict('shell', {
  beep: () => undefined,
  async openExternal(what) {
    if (machine.openFails !== null) throw new Error(machine.openFails);
    noted.opened.push({ kind: 'address', what });
  },
  async openPath(what) {
    if (machine.openFails !== null) return machine.openFails;
    noted.opened.push({ kind: 'path', what });
    return '';
  },
  showItemInFolder(what) {
    noted.opened.push({ kind: 'folder', what });
  },
} satisfies Partial<Electron.Shell>);

/** Squirrel's; nothing is ever found. */
export const autoUpdater = strict(
  'autoUpdater',
  withEvents({ getFeedURL: () => '' } satisfies Partial<Electron.AutoUpdater>),
);

export const powerMonitor = strict(
  'powerMonitor',
  withEvents({
    getSystemIdleTime: () => machine.idleSeconds,
    getSystemIdleState: (threshold) => (machine.idleSeconds >= threshold ? 'idle' : 'active'),
    isOnBatteryPower: () => false,
    onBatteryPower: false as boolean,
  } satisfies Partial<Electron.PowerMonitor>),
);

let themeSource: Electron.NativeTheme['themeSource'] = 'system';
export const nativeTheme = strict(
  'nativeTheme',
  withEvents({
    get shouldUseDarkColors() {
      return themeSource === 'system' ? machine.dark : themeSource === 'dark';
    },
    get themeSource() {
      return themeSource;
    },
    set themeSource(source) {
      themeSource = source;
      nativeTheme.emit('updated');
    },
  } satisfies Partial<Electron.NativeTheme>),
);

export const systemPreferences = strict(
  'systemPreferences',
  withEvents({
    subscribeLocalNotification: () => 1,
    canPromptTouchID: () => machine.touchId !== 'absent',
    async promptTouchID(reason) {
      noted.dialogs.push({ kind: 'touch-id', title: '', text: reason });
      if (machine.touchId !== 'accepts') throw new Error('Canceled by user.');
    },
  } satisfies Partial<Electron.SystemPreferences>),
);

const DISPLAY = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  scaleFactor: 1,
} satisfies Partial<Electron.Display> as Electron.Display;

export const screen = strict(
  'screen',
  withEvents({
    getAllDisplays: () => [DISPLAY],
    getPrimaryDisplay: () => DISPLAY,
    getDisplayMatching: () => DISPLAY,
    getDisplayNearestPoint: () => DISPLAY,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  } satisfies Partial<Electron.Screen>),
);
