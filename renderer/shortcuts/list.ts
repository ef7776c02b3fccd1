/** What keys can do here. Pure. */
import type { MenuId } from '../../electron/console/contract.ts';

export interface Shortcut {
  readonly id: MenuId;
  /** The native menu's keys, as Electron writes them; a test holds them equal to the menu's own list. */
  readonly keys: { readonly mac: string; readonly other: string };
  /** In a browser, which has the others for itself: one key, while no field has the focus. */
  readonly single: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'add', keys: { mac: 'Cmd+N', other: 'Ctrl+N' }, single: 'n' },
  { id: 'settings', keys: { mac: 'Cmd+,', other: 'Ctrl+,' }, single: ',' },
  { id: 'search', keys: { mac: 'Cmd+K', other: 'Ctrl+K' }, single: '/' },
  { id: 'refresh', keys: { mac: 'Cmd+R', other: 'Ctrl+R' }, single: 'r' },
  { id: 'copy', keys: { mac: 'Cmd+Shift+C', other: 'Ctrl+Shift+C' }, single: 'c' },
  { id: 'next-account', keys: { mac: 'Cmd+Alt+Down', other: 'Ctrl+PageDown' }, single: 'j' },
  { id: 'previous-account', keys: { mac: 'Cmd+Alt+Up', other: 'Ctrl+PageUp' }, single: 'k' },
  { id: 'lock', keys: { mac: 'Cmd+Shift+L', other: 'Ctrl+Shift+L' }, single: 'l' },
];

/** Shows the list of keys, on every host. */
export const LIST_KEY = '?';

const CAPS: Readonly<Record<string, string>> = { PageDown: 'Page Down', PageUp: 'Page Up' };
const MAC_CAPS: Readonly<Record<string, string>> = {
  Cmd: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Ctrl: '⌃',
  Down: '↓',
  Up: '↑',
};

/** The caps to press together, as they are written on the keyboard. */
export function capsOf(accelerator: string, isMac: boolean): readonly string[] {
  return accelerator.split('+').map((key) => (isMac ? MAC_CAPS[key] : CAPS[key]) ?? key);
}

/** What a single key asks for; null: nothing. */
export function idOfKey(key: string): MenuId | null {
  if (key === LIST_KEY) return 'shortcuts';
  return SHORTCUTS.find(({ single }) => single === key)?.id ?? null;
}
