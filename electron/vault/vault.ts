/**
 * The vault: AppSecrets and tokens at rest. A keychain that answers null may be empty, locked or broken
 * (electron-notes.md C), so every reading says which it was; nothing here throws for a vault that is not there.
 */

export type VaultKind = 'keychain' | 'file' | 'memory';

/** What is kept for an account: `secret` is its AppSecret, `token` the JSON record of its current token. `password`: of Redis or of a proxy (appId `redis`, `proxy`). */
export interface Entry {
  readonly appId: string;
  readonly part: 'secret' | 'token' | 'password';
}

export type Trouble = { readonly result: 'locked' | 'unavailable'; readonly detail: string };
export type Reading =
  | { readonly result: 'found'; readonly value: string }
  | { readonly result: 'absent' }
  | Trouble;
export type Writing = { readonly result: 'done' } | Trouble;

export interface VaultHealth {
  readonly kind: VaultKind;
  readonly status: 'ready' | 'locked' | 'unavailable';
  /** Why it is not ready and what to do, in plain English without a secret; null when ready. */
  readonly detail: string | null;
}

export interface Vault {
  readonly kind: VaultKind;
  /** Writes, reads back and deletes a canary entry. Ends within the vault's time limit, never throws. */
  probe(): Promise<VaultHealth>;
  read(entry: Entry): Promise<Reading>;
  /** Keeps `value` in place of what was there; `done` only after it was read back or safely on disk. */
  keep(entry: Entry, value: string): Promise<Writing>;
  /** The AppIDs whose AppSecrets it keeps, where it can tell without asking the person: a keychain is never listed. */
  known?(): Promise<readonly string[]>;
  /** Forgets an entry; forgetting what is not there is `done`. */
  forget(entry: Entry): Promise<Writing>;
}

/** Where the ledger notes, without any secret, that an entry was kept: tells "absent" from "locked". */
export interface Marks {
  has(entry: Entry): boolean;
  set(entry: Entry): void;
  clear(entry: Entry): void;
  /** The AppIDs whose AppSecrets were kept. */
  known(): readonly string[];
}
