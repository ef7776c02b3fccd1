/** Whether the list of keys is open; it can be asked for from anywhere. */
import { create } from 'zustand';

export const useShortcutsOpen = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export function openShortcuts(): void {
  useShortcutsOpen.setState({ isOpen: true });
}

export function closeShortcuts(): void {
  useShortcutsOpen.setState({ isOpen: false });
}
