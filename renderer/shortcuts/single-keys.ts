/**
 * Whether single keys act, kept in this browser. They can be switched off (WCAG 2.1, 2.1.4): what a person says to a
 * computer that is controlled by voice arrives as keys.
 */
import { create } from 'zustand';

const KEY = 'token-console.single-keys';

export const useSingleKeys = create<{ readonly isOn: boolean }>(() => ({
  isOn: window.localStorage.getItem(KEY) !== 'off',
}));

export function setSingleKeys(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, 'off');
  useSingleKeys.setState({ isOn });
}
