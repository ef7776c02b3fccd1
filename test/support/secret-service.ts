/** Whether a real Secret Service can be had here, and how to run something on it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const NEEDED = ['bash', 'dbus-run-session', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool'];

/** The words before a command that is to run on an unlocked, empty, throw-away keyring. */
export const WITH_SECRETS = ['bash', join(import.meta.dirname, 'with-secrets.sh')] as const;

/** Why keychain tests cannot run here; null when they can. */
export async function whyNoSecretService(): Promise<string | null> {
  const keytar = await import('keytar').catch(() => null);
  if (keytar === null) return 'keytar is not installed (libsecret was missing when it was)';
  const missing = NEEDED.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}
