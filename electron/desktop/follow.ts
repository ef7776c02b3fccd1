/** What the desktop's parts hear of the console. */
import type { Console } from '../console/console.ts';
import type { AccountView, ConsoleEvent, Preferences, ShieldView } from '../console/contract.ts';

type Listening = Pick<Console, 'listen'>;

/** Calls `listener` with the preferences as they are, then with each change. */
export function followPreferences(console: Listening, listener: (values: Preferences) => void): void {
  console.listen((event) => {
    if (event.type === 'state') listener(event.state.preferences.values);
    if (event.type === 'preferences-changed') listener(event.preferences.values);
  });
}

/** Calls `listener` with the lock as it is, then with each change. */
export function followShield(console: Listening, listener: (shield: ShieldView) => void): void {
  console.listen((event) => {
    if (event.type === 'state') listener(event.state.shield);
    if (event.type === 'shield-changed') listener(event.shield);
  });
}

export type Accounts = ReadonlyMap<string, AccountView>;

/** The accounts after `event`; the same map where it tells nothing of them. */
export function accountsAfter(accounts: Accounts, event: ConsoleEvent): Accounts {
  switch (event.type) {
    case 'state':
      return new Map(event.state.accounts.map((account) => [account.appId, account]));
    case 'account-added':
      return new Map(accounts).set(event.account.appId, event.account);
    case 'account-changed': {
      const account = accounts.get(event.appId);
      if (!account) return accounts;
      // exactOptionalPropertyTypes: a partial of the schema may carry `undefined`, an event never does.
      return new Map(accounts).set(event.appId, { ...account, ...event.changes } as AccountView);
    }
    case 'account-removed': {
      const rest = new Map(accounts);
      rest.delete(event.appId);
      return rest;
    }
    default:
      return accounts;
  }
}
