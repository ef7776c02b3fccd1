/** The console's tokens as handing out sees them: in memory, with the passive refresh and its guard. */
import type { TokenRecord } from '../keeper/life.ts';
import type { Account } from './account.ts';
import type { AccountView } from './contract.ts';
import type { HandedToken, Renewal, TokenDesk } from './handout.ts';

type TokenListener = Parameters<TokenDesk['onToken']>[0];

export class Desk implements TokenDesk {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #listeners = new Set<TokenListener>();
  /** What listeners were last told of each account; '' for an account without a token. */
  readonly #told = new Map<string, string>();

  constructor(accounts: ReadonlyMap<string, Account>) {
    this.#accounts = accounts;
  }

  appIds(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  token(appId: string): HandedToken | null | undefined {
    return this.#accounts.get(appId)?.handed();
  }

  view(appId: string): AccountView | undefined {
    return this.#accounts.get(appId)?.shown;
  }

  onToken(listener: TokenListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners if the account has another token than they know of; called after each of its steps. */
  noteChange(appId: string): void {
    const token = this.token(appId);
    const told = token?.accessToken ?? (token === null ? '' : undefined);
    if (told === this.#told.get(appId)) return;
    if (told === undefined) this.#told.delete(appId);
    else this.#told.set(appId, told);
    for (const listener of this.#listeners) listener(appId, token ?? null);
  }

  async renew(appId: string, staleToken: string, actor: string): Promise<Renewal> {
    const account = this.#accounts.get(appId);
    const token = account?.handed();
    if (!account?.keeper || !token) return { result: 'no-token' };
    if (token.accessToken !== staleToken) return { result: 'current', token };
    const declined = await account.keeper.renew(actor);
    if (declined) return { result: 'declined', ...declined };
    const after = account.handed();
    if (!after) return { result: 'no-token' };
    return { result: after.accessToken === staleToken ? 'current' : 'renewed', token: after };
  }

  async setRole(appId: string, role: AccountView['role']): Promise<void> {
    await this.#accounts.get(appId)?.setRole(role);
  }

  async adopt(appId: string, token: TokenRecord): Promise<void> {
    const account = this.#accounts.get(appId);
    await account?.ready;
    await account?.keeper?.post({ type: 'adopted', token });
  }

  isSecretOf(appId: string, text: string): boolean {
    return this.#accounts.get(appId)?.isSecret(text) ?? false;
  }
}
