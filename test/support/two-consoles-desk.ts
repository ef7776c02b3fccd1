/** Consoles that share a Redis, as a lease sees them: a desk that notes what it is told, over a real connection. */
import { createClient } from '@redis/client';
import type { AccountView } from '../../electron/console/contract.ts';
import type { HandedToken, TokenDesk } from '../../electron/console/handout.ts';
import { createLease, type Lease, type LeaseParts } from '../../electron/handout/redis/lease.ts';
import type { Moment, Role } from '../../electron/handout/redis/lease-policy.ts';
import type { TokenRecord } from '../../electron/keeper/life.ts';

export const APP_ID = 'wx00000000000000a1';

export type FakeDesk = ReturnType<typeof fakeDesk>;

/** A desk with one account or more; what it adopts and which roles it is given are noted in order. */
export function fakeDesk(appIds: readonly string[] = [APP_ID]) {
  const tokens = new Map<string, HandedToken>();
  const roles = new Map<string, Role>();
  const views = new Map<string, Partial<AccountView>>();
  const listeners = new Set<(appId: string, token: HandedToken | null) => void>();
  const notes: string[] = [];
  let adopting: Promise<void> = Promise.resolve();
  const put = (appId: string, token: HandedToken | null) => {
    if (token) tokens.set(appId, token);
    else tokens.delete(appId);
    for (const listener of listeners) listener(appId, token);
  };
  const desk: TokenDesk = {
    appIds: () => appIds,
    token: (appId) => (appIds.includes(appId) ? (tokens.get(appId) ?? null) : undefined),
    view(appId) {
      const view = { phase: 'live', secret: 'stored', role: roles.get(appId), ...views.get(appId) };
      return appIds.includes(appId) ? (view as AccountView) : undefined;
    },
    renew: () => Promise.resolve({ result: 'no-token' }),
    onToken(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setRole(appId, role) {
      roles.set(appId, role);
      notes.push(role);
    },
    async adopt(appId, token) {
      await adopting;
      notes.push(`adopt ${token.accessToken}`);
      put(appId, handed(token));
    },
    isSecretOf: () => false,
  };
  return {
    desk,
    roles,
    notes,
    /** A token of WeChat's, `ageMs` old. */
    obtain(accessToken: string, appId = APP_ID, ageMs = 0, lifeMs = 7_200_000) {
      const obtainedAt = Date.now() - ageMs;
      put(appId, handed({ accessToken, obtainedAt, expiresAt: obtainedAt + lifeMs, line: 'standard' }));
    },
    /** WeChat called it dead. */
    bury: (appId = APP_ID) => put(appId, null),
    change: (changes: Partial<AccountView>, appId = APP_ID) => void views.set(appId, changes),
    slowVault(until: Promise<void>) {
      adopting = until;
    },
    current: (appId = APP_ID) => tokens.get(appId),
  };
}

function handed(token: TokenRecord): HandedToken {
  return { ...token, endsAt: token.expiresAt, fingerprint: '00000000' };
}

export interface FakeConsole extends FakeDesk {
  readonly lease: Lease;
  readonly role: () => Role | undefined;
  readonly logged: string[];
  /** As the connection does when Redis goes away, and when it is back. */
  cut(): void;
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

const systemClock = (): Moment => ({ wall: Date.now(), mono: performance.now() });

/** A console with a connection of its own, which follows Redis's goings and comings as the product's does. */
export async function fakeConsole(
  url: string,
  changes: Partial<LeaseParts> & { appIds?: readonly string[] } = {},
): Promise<FakeConsole> {
  const { appIds = [APP_ID], ...parts } = changes;
  const fake = fakeDesk(appIds);
  const logged: string[] = [];
  const say = (facts: object, message: string) => logged.push(`${message} ${JSON.stringify(facts)}`);
  const log = { info: say, warn: say, error: say };
  const lease = createLease({ desk: fake.desk, log, clock: systemClock, changed: () => undefined, ...parts });
  lease.setAccounts(appIds);
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1000, reconnectStrategy: 100 },
  });
  client.on('error', () => lease.use(null));
  client.on('ready', () => lease.use(client));
  lease.start();
  await client.connect();
  return {
    ...fake,
    lease,
    logged,
    role: () => fake.roles.get(appIds[0] ?? ''),
    cut: () => lease.use(null),
    async reconnect() {
      lease.use(client);
    },
    async close() {
      await lease.close();
      client.destroy();
    },
  };
}
