/** The desktop's way out: Chromium's network, which knows the system's proxy and certificates. */
import { net, type ProxyConfig, type Session, session } from 'electron';
import type { ProxyWithPassword, WayOut } from '../console/host.ts';
import type { Fetch } from '../wechat/wechat.ts';
import { type Login, PLAIN, requestingFetch } from './net-request.ts';

/** In memory only: a trial leaves nothing behind. */
const TRIAL = 'proxy-trial';
/** The session electron-updater downloads by; it makes it under this name. */
const UPDATER = 'electron-updater';

export interface DesktopWayOut extends WayOut {
  /** Name and password for the proxy in use when it asks; null for whoever else does. */
  readonly login: Login;
}

/**
 * Electron's `net.fetch` differs from the web's in that it rejects where that one would return a redirect, and
 * names failures `net::ERR_…`. For use after the app is ready.
 */
export function desktopWayOut(): DesktopWayOut {
  const underWay = new Set<Promise<Response>>();
  let used: ProxyWithPassword = { settings: { mode: 'system' }, password: null };
  let send: Fetch = fetchBy(used);

  const fetch: Fetch = (url, init) => {
    const call = send(url, init);
    underWay.add(call);
    return call.finally(() => underWay.delete(call));
  };
  return {
    fetch,
    login: (asking) => loginOf(used, asking),
    async use(proxy) {
      used = proxy;
      send = fetchBy(proxy);
      const config = configOf(proxy);
      const { defaultSession } = session;
      await session.fromPartition(UPDATER, { cache: false }).setProxy(config);
      await defaultSession.setProxy(config);
      // Idle connections still go the old way; a call under way may be bringing a token, and is let end.
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await defaultSession.closeAllConnections();
    },
    async trial(proxy) {
      const aside = session.fromPartition(TRIAL, { cache: false });
      await aside.setProxy(configOf(proxy));
      await aside.closeAllConnections();
      return { fetch: fetchBy(proxy, aside), end: () => aside.closeAllConnections() };
    },
  };
}

/** `net.fetch` where no proxy asks who this is: it has no way to answer one. */
function fetchBy(proxy: ProxyWithPassword, aside?: Session): Fetch {
  const { settings } = proxy;
  if (settings.mode === 'manual' && settings.username !== null) {
    return requestingFetch((asking) => loginOf(proxy, asking), aside);
  }
  return (url, init) => (aside ?? net).fetch(url, { ...init, ...PLAIN });
}

function configOf({ settings }: ProxyWithPassword): ProxyConfig {
  if (settings.mode === 'system') return { mode: 'system' };
  if (settings.mode === 'none') return { mode: 'direct' };
  return { mode: 'fixed_servers', proxyRules: new URL(settings.url).origin, proxyBypassRules: '<local>' };
}

function loginOf({ settings, password }: ProxyWithPassword, asking: Parameters<Login>[0]): ReturnType<Login> {
  if (settings.mode !== 'manual' || settings.username === null || !asking.isProxy) return null;
  const url = new URL(settings.url);
  const usual = url.protocol === 'https:' ? 443 : 80;
  const isIt = url.hostname === asking.host && (Number(url.port) || usual) === asking.port;
  return isIt ? [settings.username, password ?? ''] : null;
}
