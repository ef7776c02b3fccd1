/** Which screen the address names. Hash-based: works over HTTP, over app://, and with Back. */
import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'account'; readonly appId: string }
  | { readonly screen: 'add' }
  | { readonly screen: 'history'; readonly query: string }
  | { readonly screen: 'errors'; readonly code: string | null }
  | { readonly screen: 'confirmations' }
  | { readonly screen: 'servers'; readonly query: string }
  /** `part`: the part of the page to begin with. */
  | { readonly screen: 'settings'; readonly part?: string };

/** The route of a fragment; anything unknown is home. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen, argument] = path.split('/');
  switch (screen) {
    case 'account':
      return argument ? { screen, appId: argument } : { screen: 'home' };
    case 'add':
    case 'confirmations':
      return { screen };
    case 'settings': {
      const part = new URLSearchParams(query).get('part');
      return part ? { screen, part } : { screen };
    }
    case 'history':
    case 'servers':
      return { screen, query };
    case 'errors':
      return { screen, code: argument ? decode(argument) : null };
    default:
      return { screen: 'home' };
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a route, for links. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/';
    case 'account':
      return `#/account/${route.appId}`;
    case 'history':
    case 'servers':
      return route.query === '' ? `#/${route.screen}` : `#/${route.screen}?${route.query}`;
    case 'settings':
      return route.part ? `#/settings?${new URLSearchParams({ part: route.part })}` : '#/settings';
    case 'errors':
      return route.code === null ? '#/errors' : `#/errors/${encodeURIComponent(route.code)}`;
    default:
      return `#/${route.screen}`;
  }
}

/** Goes there; Back returns. */
export function navigate(route: Route): void {
  window.location.hash = hrefOf(route);
}

/** Puts `route` in the address without a step in the history; for filters. */
export function replaceRoute(route: Route): void {
  window.history.replaceState(null, '', hrefOf(route));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The fragment as it stands; re-renders when it changes. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}
