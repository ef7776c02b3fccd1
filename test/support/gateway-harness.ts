/** A gateway over a desk and clients in memory, on a real socket. */

import type { TokenDesk } from '../../electron/console/handout.ts';
import { startGateway } from '../../electron/handout/gateway/gateway.ts';
import { createMetrics } from '../../electron/handout/metrics.ts';
import { createLog } from '../../electron/log.ts';
import { fakeClients, fakeDesk } from './gateway-desk.ts';

export const SHOP = 'wx00000000000000a1';
export const NEWS = 'wx00000000000000b2';
export const UNKNOWN = 'wx00000000000000ff';
/** A key for SHOP and NEWS, and one for every account. */
export const KEY = 'client-key-of-the-shop';
export const MASTER_KEY = 'client-key-of-the-operators';

type Tls = Parameters<typeof startGateway>[0]['tls'];

/** A log whose lines the test can read. */
export function keptLog() {
  const logged: string[] = [];
  const stream = { write: (line: string) => logged.push(line) > 0 } as unknown as NodeJS.WritableStream;
  return { logged, log: createLog(stream) };
}

/** A gateway over any desk, with the two keys. `clock`: the desk's wall clock. */
export async function gatewayOver(desk: TokenDesk, tls: Tls = null, clock: () => number = Date.now) {
  const clients = fakeClients();
  clients.add('shop-server', KEY, [SHOP, NEWS]);
  clients.add('operators', MASTER_KEY, '*');
  const { logged, log } = keptLog();
  const metrics = createMetrics(desk, clock);
  const listen = { host: '127.0.0.1', port: 0 };
  const gateway = await startGateway({ desk, clients, metrics, listen, tls, log, clock });
  return {
    clients,
    logged,
    metrics,
    url: gateway.url,
    close: () => gateway.close(),
    /** Asks with the shop's key unless another is given; null: with none. */
    ask(path: string, init: RequestInit = {}, key: string | null = KEY): Promise<Response> {
      const headers = new Headers(init.headers);
      if (key !== null) headers.set('Authorization', `Bearer ${key}`);
      return fetch(`${gateway.url}${path}`, { ...init, headers });
    },
    post(path: string, body: unknown, key: string | null = KEY): Promise<Response> {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return this.ask(path, { method: 'POST', body: text }, key);
    },
  };
}

export async function startFakeGateway(tls: Tls = null) {
  const desk = fakeDesk();
  desk.grant(SHOP, 'token-of-the-shop');
  return { desk, ...(await gatewayOver(desk, tls)) };
}

/** The members a problem must have, read from an answer of that status. */
export async function problemIn(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) throw new Error(`${response.status} is of type ${type}`);
  return (await response.json()) as Record<string, unknown>;
}
