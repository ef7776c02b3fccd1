/** The preference's colours, for what the page does not draw: the window before it, menus, dialogs, the title bar. */
import { nativeTheme } from 'electron';
import type { Console } from '../console/console.ts';
import type { Preferences } from '../console/contract.ts';
import { followPreferences } from './follow.ts';

type Theme = Preferences['theme'];

function apply(theme: Theme): void {
  nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
}

/**
 * Before the console has been loaded: from the text of the stored preferences, so that a dark window does not begin
 * white. What cannot be read is as if never set.
 */
export function applyStoredTheme(preferences: string | null): void {
  const theme = /"theme":"(auto|light|dark)"/.exec(preferences ?? '')?.[1];
  apply((theme as Theme | undefined) ?? 'auto');
}

export function followTheme(console: Pick<Console, 'listen'>): void {
  followPreferences(console, ({ theme }) => apply(theme));
}
