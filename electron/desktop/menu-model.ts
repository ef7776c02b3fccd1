/** The native menu of each system, as data. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuId } from '../console/contract.ts';
import { keyOf } from './shortcuts.ts';
import type { Words } from './words/zh.ts';

export type MenuDeed =
  | { readonly do: 'page'; readonly id: MenuId }
  | { readonly do: 'about' | 'documentation' | 'logs' | 'diagnostics' | 'licences' | 'quit' };

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly words: Words;
  readonly isPackaged: boolean;
  readonly hasLicences: boolean;
  /** Whether there is a passphrase to lock with. */
  readonly canLock: boolean;
  readonly act: (deed: MenuDeed) => void;
}

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

const LINE: Item = { type: 'separator' };

/** Electron names a role's item in English only. */
const role = (name: Role, label: string): Item => ({ role: name, label });

export function menuTemplate(facts: MenuFacts): Item[] {
  const { words, platform } = facts;
  const { menu } = words;
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [appMenu(facts)] : []),
    { label: menu.file, submenu: fileMenu(facts, isMac) },
    { label: menu.edit, submenu: editMenu(words) },
    { label: menu.view, submenu: viewMenu(facts) },
    { label: menu.account, submenu: accountMenu(facts) },
    { label: menu.window, role: 'window', submenu: windowMenu(words, isMac) },
    { label: menu.help, role: 'help', submenu: helpMenu(facts, isMac) },
  ];
}

function page({ platform, act }: MenuFacts, id: MenuId, label: string): Item {
  const accelerator = keyOf(id, platform);
  return { id, label, ...(accelerator && { accelerator }), click: () => act({ do: 'page', id }) };
}

function appMenu(facts: MenuFacts): Item {
  const { menu, appName } = facts.words;
  return {
    label: appName,
    submenu: [
      { label: menu.about, click: () => facts.act({ do: 'about' }) },
      LINE,
      page(facts, 'settings', menu.settings),
      lockItem(facts),
      LINE,
      role('services', menu.services),
      LINE,
      role('hide', menu.hide),
      role('hideOthers', menu.hideOthers),
      role('unhide', menu.unhide),
      LINE,
      role('quit', menu.quit),
    ],
  };
}

function lockItem(facts: MenuFacts): Item {
  return { ...page(facts, 'lock', facts.words.menu.lock), enabled: facts.canLock };
}

function fileMenu(facts: MenuFacts, isMac: boolean): Item[] {
  const { menu } = facts.words;
  const add = page(facts, 'add', menu.add);
  if (isMac) return [add, LINE, role('close', menu.close)];
  const quit = { label: menu.quit, accelerator: 'Ctrl+Q', click: () => facts.act({ do: 'quit' }) };
  return [add, LINE, page(facts, 'settings', menu.settings), lockItem(facts), LINE, quit];
}

function editMenu({ menu }: Words): Item[] {
  return [
    role('undo', menu.undo),
    role('redo', menu.redo),
    LINE,
    role('cut', menu.cut),
    role('copy', menu.copy),
    role('paste', menu.paste),
    role('selectAll', menu.selectAll),
  ];
}

function viewMenu(facts: MenuFacts): Item[] {
  const { menu } = facts.words;
  // The usual key of reloading is taken by refreshing a token.
  const reload = { ...role('reload', menu.reload), accelerator: 'F5' };
  const tools = facts.isPackaged ? [] : [LINE, reload, role('toggleDevTools', menu.devTools)];
  return [
    page(facts, 'search', menu.search),
    LINE,
    role('resetZoom', menu.actualSize),
    role('zoomIn', menu.zoomIn),
    role('zoomOut', menu.zoomOut),
    LINE,
    role('togglefullscreen', menu.fullScreen),
    ...tools,
  ];
}

function accountMenu(facts: MenuFacts): Item[] {
  const { menu } = facts.words;
  return [
    page(facts, 'refresh', menu.refresh),
    page(facts, 'copy', menu.copyToken),
    LINE,
    page(facts, 'next-account', menu.next),
    page(facts, 'previous-account', menu.previous),
  ];
}

function windowMenu({ menu }: Words, isMac: boolean): Item[] {
  const minimize = role('minimize', menu.minimize);
  if (!isMac) return [minimize, role('close', menu.close)];
  return [minimize, role('zoom', menu.zoom), LINE, role('front', menu.front)];
}

function helpMenu(facts: MenuFacts, isMac: boolean): Item[] {
  const { words, act, hasLicences } = facts;
  const { menu } = words;
  const item = (deed: Exclude<MenuDeed['do'], 'page'>, label: string): Item => ({
    label,
    click: () => act({ do: deed }),
  });
  return [
    page(facts, 'shortcuts', menu.shortcuts),
    item('documentation', menu.documentation),
    LINE,
    item('logs', menu.logs),
    item('diagnostics', menu.diagnostics),
    ...(hasLicences ? [item('licences', menu.licences)] : []),
    ...(isMac ? [] : [LINE, item('about', menu.about)]),
  ];
}
