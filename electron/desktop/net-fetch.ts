/** The desktop's way out: Chromium's network, which knows the system's proxy and certificates. */
import { net } from 'electron';
import type { Fetch } from '../wechat/wechat.ts';

/**
 * Electron's `net.fetch` without the browser's memory: no cookies, no cache. It differs from the web's in that it
 * rejects where that one would return a redirect, and names failures `net::ERR_…`. For use after the app is ready.
 */
export const netFetch: Fetch = (url, init) =>
  net.fetch(url, { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true });
