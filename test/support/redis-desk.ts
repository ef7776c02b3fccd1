/** A TokenDesk whose tokens a test sets by hand. */
import { createHash } from 'node:crypto';
import type { AccountView } from '../../electron/console/contract.ts';
import type { HandedToken, TokenDesk } from '../../electron/console/handout.ts';

type Known = Pick<AccountView, 'appId' | 'kind' | 'line' | 'role'>;

export interface FakeDesk {
  readonly desk: TokenDesk;
  account(appId: string, known?: Partial<Known>): void;
  /** A new token, told to the listeners. */
  give(appId: string, accessToken: string, seconds?: number): void;
  /** The token is gone before its time. */
  lose(appId: string): void;
  remove(appId: string): void;
}

export function fakeDesk(): FakeDesk {
  const accounts = new Map<string, Known>();
  const tokens = new Map<string, HandedToken>();
  const listeners = new Set<(appId: string, token: HandedToken | null) => void>();
  const tell = (appId: string) => {
    for (const listener of listeners) listener(appId, tokens.get(appId) ?? null);
  };
  const account = (appId: string, known: Partial<Known> = {}) => {
    const before = accounts.get(appId) ?? { appId, kind: 'official', line: 'standard', role: 'alone' };
    accounts.set(appId, { ...before, ...known });
  };
  const desk: TokenDesk = {
    appIds: () => [...accounts.keys()],
    token: (appId) => (accounts.has(appId) ? (tokens.get(appId) ?? null) : undefined),
    // Only what the room reads of a view is there.
    view: (appId) => accounts.get(appId) as AccountView | undefined,
    renew: () => Promise.resolve({ result: 'no-token' }),
    onToken: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setRole: (appId, role) => account(appId, { role }),
    adopt: () => Promise.resolve(),
    isSecretOf: () => false,
  };
  return {
    desk,
    account,
    give: (appId, accessToken, seconds = 7200) => {
      const obtainedAt = Date.now();
      const expiresAt = obtainedAt + seconds * 1000;
      const fingerprint = createHash('sha256').update(accessToken).digest('hex').slice(0, 8);
      const line = accounts.get(appId)?.line ?? 'standard';
      tokens.set(appId, { accessToken, obtainedAt, expiresAt, endsAt: expiresAt, fingerprint, line });
      tell(appId);
    },
    lose: (appId) => {
      tokens.delete(appId);
      tell(appId);
    },
    remove: (appId) => {
      accounts.delete(appId);
      tokens.delete(appId);
      tell(appId);
    },
  };
}
