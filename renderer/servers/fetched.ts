/** What a business server last fetched, against the tokens as they are now: who still has the old one. Pure. */
import type { AccountView, ClientView } from '../../electron/console/contract.ts';

/** `old`: WeChat still accepts it for a while; `dead`: it does not, and the server has not asked since. */
export interface Fetched {
  readonly appId: string;
  readonly name: string;
  readonly state: 'current' | 'old' | 'dead';
  /** When the old token stops working, ms. */
  readonly until: number | null;
}

type Accounts = Readonly<Record<string, AccountView>>;

/** One entry for each account the client fetched that is still there; those behind come first. */
export function fetchedBy(client: ClientView, accounts: Accounts, now: number): readonly Fetched[] {
  const all = client.fetched.flatMap(({ appId, fingerprint }): readonly Fetched[] => {
    const account = accounts[appId];
    if (account === undefined) return [];
    const { name, token, previousToken } = account;
    const isCurrent = token?.fingerprint === fingerprint && token.expiresAt > now;
    const isOld = previousToken?.fingerprint === fingerprint && previousToken.usableUntil > now;
    const state = isCurrent ? 'current' : isOld ? 'old' : 'dead';
    return [{ appId, name, state, until: state === 'old' ? (previousToken?.usableUntil ?? null) : null }];
  });
  const rank = { old: 0, dead: 1, current: 2 };
  return all.toSorted((a, b) => rank[a.state] - rank[b.state]);
}
