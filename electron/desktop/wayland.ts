/** What a Wayland session does not let an app do. Measured in docs/decisions/0001-wayland.md. */
import { app } from 'electron';

/**
 * Whether our windows are Wayland's own, and not X11's. Chromium settles that before it runs any file of the app and
 * writes it on its command line, forced or not (SetOzonePlatformForLinuxIfNeeded); without the switch it is X11.
 */
export function isOnWayland(): boolean {
  return app.commandLine.getSwitchValue('ozone-platform') === 'wayland';
}

/**
 * Whether the desktop offers again, as plain text, what its owner drops from the clipboard: GNOME's Mutter and
 * its fork in Cinnamon do (meta-clipboard-manager.c), and the mark that asks clipboard managers not to keep it is then lost.
 */
export function offersDropped(env: Readonly<Record<string, string | undefined>>): boolean {
  return /gnome|cinnamon/i.test(env.XDG_CURRENT_DESKTOP ?? '');
}
