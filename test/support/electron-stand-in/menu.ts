/** `Menu` and `MenuItem`: what is in them, and a hand that chooses. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import type { MenuItemView } from './calls.ts';
import { strict } from './strict.ts';
import { BrowserWindow } from './window.ts';

type Template = Electron.MenuItemConstructorOptions | Electron.MenuItem;

/** What the roles do that this app uses; the others are the system's and do nothing here. */
const ROLES: Readonly<Record<string, (window: Electron.BrowserWindow | null) => void>> = {
  about: () => app.showAboutPanel(),
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  quit: () => app.quit(),
  reload: (window) => window?.reload(),
};

class StandInMenuItem {
  readonly type: Electron.MenuItem['type'];
  readonly role: Electron.MenuItemConstructorOptions['role'] | undefined;
  readonly accelerator: string | null;
  readonly submenu: StandInMenu | undefined;
  readonly id: string;
  readonly commandId = 0;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly click: () => void;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { submenu, role } = options;
    this.role = role;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator ?? null;
    this.submenu = Array.isArray(submenu)
      ? StandInMenu.buildFromTemplate(submenu)
      : (submenu as unknown as StandInMenu);
    this.id = options.id ?? '';
    this.label = options.label ?? (role ? String(role) : '');
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    const self = strict('MenuItem', this);
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      const window = BrowserWindow.getFocusedWindow();
      if (role) ROLES[role]?.(window);
      else options.click?.(self as unknown as Electron.MenuItem, window ?? undefined, {});
    };
    // biome-ignore lint/correctness/noConstructorReturn: what the app holds must say loudly what it lacks.
    return self;
  }

  view(): MenuItemView {
    const { label, role = null, type, accelerator, enabled, checked, submenu } = this;
    return { label, role, type, accelerator, enabled, checked, submenu: submenu?.view() ?? [] };
  }
}

type Members = 'append' | 'insert' | 'popup' | 'closePopup' | 'getMenuItemById';

class StandInMenu extends EventEmitter implements Pick<Electron.Menu, Members> {
  readonly items: StandInMenuItem[] = [];

  static buildFromTemplate(template: readonly Template[]): StandInMenu {
    const menu = strict('Menu', new StandInMenu());
    for (const item of template) {
      const made =
        item instanceof StandInMenuItem
          ? item
          : new StandInMenuItem(item as Electron.MenuItemConstructorOptions);
      menu.items.push(made as StandInMenuItem);
    }
    return menu;
  }
  static getApplicationMenu(): StandInMenu | null {
    return applicationMenu;
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    applicationMenu = menu;
  }

  append(item: Electron.MenuItem): void {
    this.items.push(item as unknown as StandInMenuItem);
  }
  insert(position: number, item: Electron.MenuItem): void {
    this.items.splice(position, 0, item as unknown as StandInMenuItem);
  }
  popup(): void {
    popups.push(this);
  }
  closePopup(): void {}
  getMenuItemById(id: string): Electron.MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item as unknown as Electron.MenuItem;
      const inside = item.submenu?.getMenuItemById(id);
      if (inside) return inside;
    }
    return null;
  }

  view(): MenuItemView[] {
    return this.items.filter(({ visible }) => visible).map((item) => item.view());
  }

  /** As a person does: what cannot be seen or is greyed out cannot be chosen. */
  choose([label, ...deeper]: readonly string[]): void {
    const item = this.items.find((one) => one.visible && one.label === label);
    if (!item?.enabled) {
      const seen = this.items.map((one) => `${one.label}${one.enabled ? '' : ' (disabled)'}`).join(', ');
      throw new Error(`there is no ${label} to choose among: ${seen}`);
    }
    if (deeper.length === 0) item.click();
    else if (item.submenu) item.submenu.choose(deeper);
    else throw new Error(`${label} has nothing inside`);
  }

  /** The item that a key belongs to. */
  byKey(accelerator: string): StandInMenuItem | null {
    for (const item of this.items) {
      if (item.accelerator === accelerator && item.enabled) return item;
      const inside = item.submenu?.byKey(accelerator);
      if (inside) return inside;
    }
    return null;
  }
}

let applicationMenu: StandInMenu | null = null;
export const popups: StandInMenu[] = [];

/** Which of Electron's statics there are; the classes' own types differ from Electron's by what they lack. */
type Statics = Pick<typeof Electron.Menu, 'buildFromTemplate' | 'getApplicationMenu' | 'setApplicationMenu'>;
export const Menu = strict('Menu', StandInMenu as unknown as Statics & (new () => Electron.Menu));
export const MenuItem = strict('MenuItem', StandInMenuItem);

/** The stand-in's own view of a menu that the app holds as Electron's. */
export function within(menu: Electron.Menu | null): StandInMenu | null {
  return menu as unknown as StandInMenu | null;
}
