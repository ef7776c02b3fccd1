/**
 * The app's own schemes in a Chromium that does not know them: `app://console/x` is `https://console.app.invalid/x`
 * there, an address that leads nowhere (RFC 2606), is a secure context, and can be intercepted.
 */

const schemes = new Set<string>();

export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

/** As Chromium sees it. */
export function outer(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/.exec(url);
  if (match === null || !schemes.has(match[1] ?? '')) return url;
  return `https://${match[2]}.${match[1]}.invalid${url.slice(match[0].length)}`;
}

/** As the app sees it; origins too. */
export function inner(url: string): string {
  const match = /^https:\/\/([^/?#:]+)\.([^/?#:.]+)\.invalid(?=[/?#]|$)/.exec(url);
  if (match === null || !schemes.has(match[2] ?? '')) return url;
  return `${match[2]}://${match[1]}${url.slice(match[0].length)}`;
}
