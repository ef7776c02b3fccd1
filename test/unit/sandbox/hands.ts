/** A world with a clock that tests move, and calls as a console makes them. */
import { World, type WorldOptions } from '../../../electron/sandbox/world.ts';

export const SHOP = 'wx00000000000000a1';
export const SECRET = 'sandbox-secret-of-shop';
export const START = Date.UTC(2026, 10, 22, 4, 0, 0);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export interface Reply {
  access_token?: string;
  expires_in?: number;
  errcode?: number;
  errmsg?: string;
  ip_list?: string[];
}

export function newHands(options: Partial<WorldOptions> = {}) {
  let now = START;
  const world = new World({ clock: () => now, ...options });
  world.add({ appId: SHOP, secret: SECRET });

  function call(method: string, path: string, query: Record<string, string>, body: unknown = ''): Reply {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { json } = world.answer({ method, path, query: new URLSearchParams(query), body: text });
    return JSON.parse(json);
  }

  return {
    world,
    call,
    now: () => now,
    wait(ms: number) {
      now += ms;
    },
    standard: (fields: Record<string, string> = {}) =>
      call('GET', '/cgi-bin/token', {
        grant_type: 'client_credential',
        appid: SHOP,
        secret: SECRET,
        ...fields,
      }),
    stable: (fields: Record<string, unknown> = {}) =>
      call(
        'POST',
        '/cgi-bin/stable_token',
        {},
        {
          grant_type: 'client_credential',
          appid: SHOP,
          secret: SECRET,
          ...fields,
        },
      ),
    check: (token = '') =>
      call('GET', '/cgi-bin/get_api_domain_ip', token === '' ? {} : { access_token: token }),
    clear: (fields: Record<string, string> = {}) =>
      call('POST', '/cgi-bin/clear_quota/v2', { appid: SHOP, appsecret: SECRET, ...fields }),
  };
}
