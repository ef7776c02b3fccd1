/** A desk and clients in memory, for tests of the gateway that need no console behind it. */
import { createHash, hash } from 'node:crypto';
import type { AccountView } from '../../electron/console/contract.ts';
import type { HandedToken, Renewal, TokenDesk } from '../../electron/console/handout.ts';
import type { GatewayClient, GatewayClients } from '../../electron/handout/gateway/clients-port.ts';

const HOUR = 3_600_000;

function tokenOf(accessToken: string, endsAt: number): HandedToken {
  const fingerprint = createHash('sha256').update(accessToken).digest('hex').slice(0, 8);
  return {
    ...{ accessToken, obtainedAt: endsAt - 2 * HOUR, expiresAt: endsAt, line: 'standard' },
    ...{ endsAt, fingerprint },
  };
}

function viewOf(appId: string): AccountView {
  return {
    ...{ appId, name: '商城', kind: 'official', line: 'standard', apiBase: 'https://api.weixin.qq.com' },
    ...{ leadSeconds: 600, phase: 'live', secret: 'stored', token: null, previousToken: null },
    ...{ nextAttemptAt: null, lastAttempt: null, confirmation: null, callerIp: null, trouble: null },
    ...{ checkMinutes: 0, lastCheck: null, overwrittenAt: [], force: null, drill: null, role: 'alone' },
    ...{ confirmationSteps: [], addresses: [] },
  };
}

export type FakeDesk = ReturnType<typeof fakeDesk>;

/** Its accounts, tokens and views are what the test says; `renewals` keeps what was asked of `renew`. */
export function fakeDesk(clock: () => number = Date.now) {
  const tokens = new Map<string, HandedToken | null>();
  const views = new Map<string, AccountView>();
  const listeners = new Set<(appId: string, token: HandedToken | null) => void>();
  const renewals: { appId: string; staleToken: string; actor: string }[] = [];
  let renewal: (appId: string) => Promise<Renewal> = async () => ({ result: 'no-token' });

  const tell = (appId: string) => {
    for (const listener of listeners) listener(appId, tokens.get(appId) ?? null);
  };

  const desk: TokenDesk = {
    appIds: () => [...tokens.keys()],
    token: (appId) => tokens.get(appId),
    view: (appId) => views.get(appId),
    renew(appId, staleToken, actor) {
      renewals.push({ appId, staleToken, actor });
      return renewal(appId);
    },
    onToken(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setRole() {},
    adopt: () => Promise.resolve(),
    isSecretOf: () => false,
  };
  return {
    ...desk,
    renewals,
    get listening() {
      return listeners.size;
    },
    /** An account with this token, or without one; its listeners are told. */
    grant(appId: string, accessToken: string | null, lifeMs = 2 * HOUR): HandedToken | null {
      const token = accessToken === null ? null : tokenOf(accessToken, clock() + lifeMs);
      tokens.set(appId, token);
      views.set(appId, views.get(appId) ?? viewOf(appId));
      tell(appId);
      return token;
    },
    show(appId: string, changes: Partial<AccountView>) {
      views.set(appId, { ...(views.get(appId) ?? viewOf(appId)), ...changes });
    },
    remove(appId: string) {
      tokens.delete(appId);
      views.delete(appId);
      tell(appId);
    },
    /** What `renew` comes to from now on. */
    answerRenewals(answer: typeof renewal) {
      renewal = answer;
    },
  };
}

/** Clients in memory; `uses` keeps what was noted. */
export function fakeClients() {
  const byHash = new Map<string, GatewayClient>();
  const revoked = new Set<string>();
  const uses: { client: string; appId: string; fingerprint: string | null }[] = [];
  const hashOf = (key: string) => hash('sha256', key, 'base64');
  const clients: GatewayClients = {
    find(key) {
      const client = byHash.get(hashOf(key));
      return client === undefined || revoked.has(client.id) ? null : client;
    },
    noteUse(client, appId, fingerprint) {
      if (uses.length < 10_000) uses.push({ client: client.name, appId, fingerprint });
    },
  };
  return {
    ...clients,
    uses,
    add(name: string, key: string, appIds: readonly string[] | '*') {
      const mayRead = (appId: string) => appIds === '*' || appIds.includes(appId);
      byHash.set(hashOf(key), { id: name, name, mayRead, isRevoked: () => revoked.has(name) });
    },
    revoke: (name: string) => void revoked.add(name),
  };
}
