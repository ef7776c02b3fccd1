/**
 * Accounts that were lost: the vault keeps their AppSecrets, and the ledger does not know them. An account is in the
 * ledger before its AppSecret is kept, and its AppSecret has left the vault before it leaves the ledger.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { Vault } from '../vault/vault.ts';

/** Those that somebody has taken note of already. */
const NOTED = 'missing-noted';

export class MissingAccounts {
  readonly #ledger: Ledger;
  readonly #vault: Vault;
  #found: readonly string[] = [];

  constructor(ledger: Ledger, vault: Vault) {
    this.#ledger = ledger;
    this.#vault = vault;
  }

  /** Their AppIDs, separated by blanks; null for none that is news. */
  get news(): string | null {
    const noted = (this.#ledger.setting(NOTED) ?? '').split(' ');
    const missing = this.#found.filter((appId) => !noted.includes(appId) && !this.#ledger.hasAccount(appId));
    return missing.length === 0 ? null : missing.join(' ');
  }

  /** Looks once, when the vault was found ready. */
  async look(): Promise<void> {
    const kept = [...((await this.#vault.known?.()) ?? []), ...this.#ledger.marks.known()];
    this.#found = [...new Set(kept)].filter((appId) => !this.#ledger.hasAccount(appId)).sort();
  }

  takeNote(): void {
    this.#ledger.setSetting(NOTED, this.#found.join(' '));
  }
}
