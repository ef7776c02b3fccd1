/** The console's tokens as handing out sees them: in memory, with the passive refresh and its guard. */
import type { Clock } from '../keeper/clock.ts';
import type { TokenRecord } from '../keeper/life.ts';
import { MINUTE, SECOND } from '../keeper/schedule.ts';
import type { Account } from './account.ts';
import type { AccountView } from './contract.ts';
import type { HandedToken, Renewal, TokenDesk } from './handout.ts';

/** So soon after WeChat was last asked, a token is replaced only when a check shows that it is dead. */
const GUARD_MS = MINUTE;
/** A check as young as this is not repeated: servers that keep asking must not become calls that keep coming. */
const CHECK_HOLDS_MS = 10 * SECOND;

type TokenListener = Parameters<TokenDesk['onToken']>[0];

export class Desk implements TokenDesk {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #clock: Clock;
  readonly #listeners = new Set<TokenListener>();
  /** What listeners were last told of each account; '' for an account without a token. */
  readonly #told = new Map<string, string>();

  constructor(accounts: ReadonlyMap<string, Account>, clock: Clock) {
    this.#accounts = accounts;
    this.#clock = clock;
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
    if (this.#isGuarded(account, token)) {
      if (!this.#isJustChecked(account)) await account.keeper.check(token.accessToken, actor);
      await account.keeper.settled();
    } else {
      const declined = await account.keeper.ask({ trigger: 'passive', actor, force: false });
      if (declined) return { result: 'declined', ...declined };
    }
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

  #isGuarded({ shown }: Account, { obtainedAt }: HandedToken): boolean {
    const asked = Math.max(obtainedAt, shown.lastAttempt?.at ?? 0);
    return this.#clock().wall - asked < GUARD_MS;
  }

  #isJustChecked({ shown: { lastCheck } }: Account): boolean {
    return lastCheck?.result === 'valid' && this.#clock().wall - lastCheck.at < CHECK_HOLDS_MS;
  }
}
