/** Which requests a browser may have been tricked into sending: foreign names, foreign pages. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

export interface Place {
  readonly allowRemote: boolean;
  /** This machine's own name, as `os.hostname()` says it. */
  readonly hostname: string;
}

/** Whether only this machine can reach what listens at `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The name or address in a Host header, lower case, without its port and brackets; null when it is not one. */
function nameIn(host: string): string | null {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^[\]:/\\@?#\s]+))(?::\d{1,5})?$/i.exec(host);
  return (parts?.[1] ?? parts?.[2])?.toLowerCase() ?? null;
}

function isSameHost(origin: string, host: string): boolean {
  const scheme = /^https?:/.exec(origin)?.[0];
  const own = `${scheme}//${host}`;
  return scheme !== undefined && URL.canParse(origin) && URL.canParse(own) && origin === new URL(own).origin;
}

/**
 * Why a request is refused, in English for the answer and the log, or null. A page elsewhere can reach this port
 * in two ways: by rebinding its own name to this address, which leaves that name in Host (an address cannot be
 * rebound), or by a request across origins, which the browser marks with Origin or Sec-Fetch-Site.
 * `isCommand`: the request asks for more than the page's own files.
 */
export function refusal(headers: IncomingHttpHeaders, isCommand: boolean, place: Place): string | null {
  const host = headers.host ?? '';
  const name = nameIn(host);
  const isOwnName = place.allowRemote && name === place.hostname.toLowerCase();
  if (name === null || !(isIP(name) || name === 'localhost' || isOwnName)) {
    return 'The Host header must be an IP address or localhost, or this machine’s name if remote administration is allowed.';
  }
  if (headers.origin !== undefined && !isSameHost(headers.origin, host)) {
    return 'The Origin header names another site.';
  }
  const site = headers['sec-fetch-site'];
  if (isCommand && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'The request comes from another site’s page.';
  }
  return null;
}
