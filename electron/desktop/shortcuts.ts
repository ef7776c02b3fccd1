/** The keys of what a menu can ask the page for, in one place: the menu takes them from here, the page shows them. */
import type { MenuId } from '../console/contract.ts';

/** As Electron's accelerators are written. */
export const shortcuts = [
  { id: 'add', keys: { mac: 'Cmd+N', other: 'Ctrl+N' } },
  { id: 'settings', keys: { mac: 'Cmd+,', other: 'Ctrl+,' } },
  { id: 'search', keys: { mac: 'Cmd+K', other: 'Ctrl+K' } },
  { id: 'refresh', keys: { mac: 'Cmd+R', other: 'Ctrl+R' } },
  { id: 'copy', keys: { mac: 'Cmd+Shift+C', other: 'Ctrl+Shift+C' } },
  { id: 'next-account', keys: { mac: 'Cmd+Alt+Down', other: 'Ctrl+PageDown' } },
  { id: 'previous-account', keys: { mac: 'Cmd+Alt+Up', other: 'Ctrl+PageUp' } },
  { id: 'lock', keys: { mac: 'Cmd+Shift+L', other: 'Ctrl+Shift+L' } },
] as const satisfies readonly { id: MenuId; keys: { mac: string; other: string } }[];

/** The key of `id` on `platform`; null: it has none. */
export function keyOf(id: MenuId, platform: NodeJS.Platform): string | null {
  const keys = shortcuts.find((shortcut) => shortcut.id === id)?.keys;
  return keys?.[platform === 'darwin' ? 'mac' : 'other'] ?? null;
}
