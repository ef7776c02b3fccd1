/** What a page may not do: leave, open windows, embed, or ask for the machine's devices. */
import { type Session, shell, type WebContents } from 'electron';
import type { Log } from '../log.ts';

/** Where the page's links may lead: WeChat's documentation and consoles, and this project. */
const LINK_HOSTS = new Set(['developers.weixin.qq.com', 'mp.weixin.qq.com', 'github.com']);

/** The address to hand to the system's browser, or null. */
function linkIn(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === 'https:' && isPlain && LINK_HOSTS.has(url.hostname) ? url.href : null;
}

/** Keeps any web contents where they are; links on the list go to the system's browser instead. */
export function confine(contents: WebContents, log: Log): void {
  const follow = (url: string) => {
    const link = linkIn(url);
    if (link === null) return log.warn({}, 'a link was refused');
    shell.openExternal(link).catch(() => log.warn({}, 'no browser opened the link'));
  };
  contents.on('will-navigate', (event) => {
    // The page loading itself again, after a fault.
    if (event.url !== '' && event.url === contents.getURL()) return;
    event.preventDefault();
    follow(event.url);
  });
  // It comes for the main frame as well, before `will-navigate`, which is not asked once this one has said no
  // (shell/browser/electron_navigation_throttle.cc).
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    follow(url);
    return { action: 'deny' };
  });
}

/**
 * Denies every permission but one: writing plain text to the clipboard on a click, for the page's own copy
 * buttons (an IP address, an error). Tokens are copied by the main process.
 */
export function refusePermissions(session: Session): void {
  const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
}
