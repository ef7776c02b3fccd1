/** `app://console/`: the page by a scheme of its own, so that it has an origin and a policy, which file:// has not. */
import { protocol } from 'electron';
import { type Page, SAFE_HEADERS } from '../page/page.ts';
import { PAGE_HOST, SCHEME } from './entry.ts';

/** Must be called before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

function refuse(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status,
    headers: { ...SAFE_HEADERS, 'Content-Security-Policy': "default-src 'none'", ...headers },
  });
}

/**
 * Answers `GET app://console/…` from the page, once it has been read, and refuses everything else. Resolves when the
 * page has its first script: from then on it is busy with itself.
 */
export function servePage(reading: Promise<Page>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.host !== PAGE_HOST) return refuse(404);
    if (request.method !== 'GET') return refuse(405, { Allow: 'GET' });
    const { status, headers, body } = (await reading).answer(url.pathname);
    if (url.pathname.endsWith('.js')) resolve();
    return new Response(body, { status, headers });
  });
  return promise;
}
