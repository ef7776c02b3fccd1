/** The clipboard: plain texts, and tokens that are taken off it again. */
import type { CommandError, TokenConsole } from '../../electron/console/contract.ts';

export type CopyResult =
  /** `clearsAt`: when it is taken off again, ms; null when nobody can do that. */
  | { readonly kind: 'copied'; readonly clearsAt: number | null }
  | { readonly kind: 'failed' }
  | { readonly kind: 'not-given'; readonly error: CommandError };

/** Copies `text`; false when the browser does not let the page. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// navigator.clipboard is missing on a page served over plain http from another machine.
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  const before = document.activeElement;
  area.value = text;
  area.readOnly = true;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}

/** Copies an account's token: the desktop does it in main, a browser writes its own clipboard. */
export async function copyToken(tokenConsole: TokenConsole, appId: string): Promise<CopyResult> {
  const answer = await tokenConsole.commands['tokens.copy']({ appId });
  if (!answer.ok) return { kind: 'not-given', error: answer.error };
  if (answer.value.copied) return { kind: 'copied', clearsAt: answer.value.clearsAt };
  const { accessToken, clearsAt } = answer.value;
  if (!(await copyText(accessToken))) return { kind: 'failed' };
  if (clearsAt === null || !(await mayRead())) return { kind: 'copied', clearsAt: null };
  setTimeout(() => void clearIfUnchanged(accessToken), clearsAt - Date.now());
  return { kind: 'copied', clearsAt };
}

// Asking for the right would put up the browser's own question half a minute later, out of the blue.
async function mayRead(): Promise<boolean> {
  try {
    const permission = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return permission.state === 'granted';
  } catch {
    return false;
  }
}

async function clearIfUnchanged(token: string): Promise<void> {
  try {
    if ((await navigator.clipboard.readText()) === token) await navigator.clipboard.writeText('');
  } catch {
    // Without the focus the browser lets a page neither read nor write.
    if (!document.hasFocus()) window.addEventListener('focus', () => clearIfUnchanged(token), { once: true });
  }
}
