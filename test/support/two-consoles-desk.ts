/** Consoles that share a Redis, as a lease sees them: a desk that notes what it is told, over a real connection. */
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '@redis/client';
import type { AccountView } from '../../electron/console/contract.ts';
import type { HandedToken, TokenDesk } from '../../electron/console/handout.ts';
import { createLease, type Lease, type LeaseParts } from '../../electron/handout/redis/lease.ts';
import type { Moment, Role } from '../../electron/handout/redis/lease-policy.ts';
import type { TokenRecord } from '../../electron/keeper/life.ts';

export const APP_ID = 'wx00000000000000a1';

export type FakeDesk = ReturnType<typeof fakeDesk>;

/** A desk with one account or more; what it adopts and which roles it is given are noted in order. */
export function fakeDesk(appIds: readonly string[] = [APP_ID], clock: () => Moment = systemClock) {
  const tokens = new Map<string, { readonly token: TokenRecord; readonly endsMono: number }>();
  const roles = new Map<string, Role>();
  const views = new Map<string, Partial<AccountView>>();
  const listeners = new Set<(appId: string, token: HandedToken | null) => void>();
  const notes: string[] = [];
  let adopting: Promise<void> = Promise.resolve();
  /** As the console's own: what is left of it does not jump with the wall clock. */
  const current = (appId: string): HandedToken | null => {
    const held = tokens.get(appId);
    if (held === undefined) return null;
    const { wall, mono } = clock();
    return { ...held.token, endsAt: wall + held.endsMono - mono, fingerprint: '00000000' };
  };
  const put = (appId: string, token: TokenRecord | null) => {
    const { wall, mono } = clock();
    if (token) tokens.set(appId, { token, endsMono: mono + token.expiresAt - wall });
    else tokens.delete(appId);
    for (const listener of listeners) listener(appId, current(appId));
  };
  const desk: TokenDesk = {
    appIds: () => appIds,
    token: (appId) => (appIds.includes(appId) ? current(appId) : undefined),
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
      put(appId, token);
    },
    isSecretOf: () => false,
  };
  return {
    desk,
    roles,
    notes,
    /** A token of WeChat's, `ageMs` old. */
    obtain(accessToken: string, appId = APP_ID, ageMs = 0, lifeMs = 7_200_000) {
      const obtainedAt = clock().wall - ageMs;
      put(appId, { accessToken, obtainedAt, expiresAt: obtainedAt + lifeMs, line: 'standard' });
    },
    /** WeChat called it dead. */
    bury: (appId = APP_ID) => put(appId, null),
    change: (changes: Partial<AccountView>, appId = APP_ID) => void views.set(appId, changes),
    slowVault(until: Promise<void>) {
      adopting = until;
    },
    current: (appId = APP_ID) => current(appId) ?? undefined,
  };
}

export interface FakeConsole extends FakeDesk {
  readonly lease: Lease;
  readonly role: () => Role | undefined;
  readonly logged: string[];
  /** As the connection does when Redis goes away, and when it is back. */
  cut(): void;
  reconnect(): Promise<void>;
  /** As `kill -9`: nothing is given back. */
  kill(): void;
  close(): Promise<void>;
}

export const systemClock = (): Moment => ({ wall: Date.now(), mono: performance.now() });

/** A console with a connection of its own, which follows Redis's goings and comings as the product's does. */
export async function fakeConsole(
  url: string,
  changes: Partial<LeaseParts> & { appIds?: readonly string[] } = {},
): Promise<FakeConsole> {
  const { appIds = [APP_ID], ...parts } = changes;
  const fake = fakeDesk(appIds, parts.clock);
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
  // With its way cut it runs all the same, and is connected some time later.
  const connecting = client.connect().catch(() => undefined);
  await Promise.race([connecting, wait(500)]);
  return {
    ...fake,
    lease,
    logged,
    role: () => fake.roles.get(appIds[0] ?? ''),
    cut: () => lease.use(null),
    async reconnect() {
      lease.use(client);
    },
    kill() {
      client.destroy();
      lease.use(null);
      void lease.close();
    },
    async close() {
      await lease.close();
      if (client.isOpen) client.destroy();
    },
  };
}
