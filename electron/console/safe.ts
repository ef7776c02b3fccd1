/**
 * AppSecrets and tokens in main-process memory, over a vault that may be locked or gone. A value that cannot be
 * kept is held for this session and kept as soon as the vault is ready again; nothing is ever written in plain.
 */
import { type TokenRecord, tokenRecord } from '../keeper/life.ts';
import type { Vault, VaultHealth, Writing } from '../vault/vault.ts';
import type { AccountView } from './contract.ts';
import { type GivenSecret, given, mayGo, sealed, unsealed } from './destination.ts';

export type SecretState = AccountView['secret'];

interface Held {
  secret: GivenSecret | null;
  state: SecretState;
  /** A token the vault could not take yet. */
  unkept: TokenRecord | null;
}

export class Safe {
  readonly #vault: Vault;
  readonly #held = new Map<string, Held>();
  readonly #changed: () => void;
  #health: VaultHealth;
  /** Why the vault last refused to keep something. */
  #refusal: string | null = null;

  /** `changed` is called when the vault's health or what it keeps may have changed. */
  constructor(vault: Vault, changed: () => void) {
    this.#vault = vault;
    this.#changed = changed;
    this.#health = { kind: vault.kind, status: 'ready', detail: null };
  }

  get health(): VaultHealth {
    return this.#health;
  }

  /** Why secrets or tokens are held in memory only; null when all are kept. */
  get failing(): string | null {
    return [...this.#held.values()].some((held) => this.#isUnkept(held)) ? this.#refusal : null;
  }

  /** The AppSecret of an account, for a request to `apiBase` and nothing else; null where it must not go there. */
  secretFor(appId: string, apiBase: string): string | null {
    const secret = this.#held.get(appId)?.secret ?? null;
    return secret !== null && mayGo(secret, apiBase) ? secret.secret : null;
  }

  /** Whether an AppSecret of the account was given for `apiBase`. */
  goesTo(appId: string, apiBase: string): boolean {
    return this.secretFor(appId, apiBase) !== null;
  }

  /** How it stands with the AppSecret of an account at `apiBase`: one that must not go there is missing there. */
  stateOf(appId: string, apiBase: string): SecretState {
    const { secret = null, state = 'missing' } = this.#held.get(appId) ?? {};
    return secret !== null && !mayGo(secret, apiBase) ? 'missing' : state;
  }

  async probe(): Promise<VaultHealth> {
    this.#setHealth(await this.#vault.probe());
    return this.#health;
  }

  /**
   * Reads an account's secret and token. A token that cannot be read or understood is none. What is held in memory
   * because it could not be kept is newer than what the vault has, and stays.
   */
  async open(appId: string): Promise<TokenRecord | null> {
    const [secret, token] = await Promise.all([
      this.#vault.read({ appId, part: 'secret' }),
      this.#vault.read({ appId, part: 'token' }),
    ]);
    const before = this.#held.get(appId);
    const unkept = before?.unkept ?? null;
    const isNewer = before?.state === 'session-only';
    if (!isNewer && secret.result === 'found')
      this.#held.set(appId, { secret: unsealed(secret.value), state: 'stored', unkept });
    else if (!isNewer)
      this.#held.set(appId, {
        secret: null,
        state: secret.result === 'absent' ? 'missing' : 'locked',
        unkept,
      });
    if (secret.result !== 'found' && secret.result !== 'absent')
      this.#setHealth({ kind: this.#vault.kind, status: secret.result, detail: secret.detail });
    return unkept ?? (token.result === 'found' ? parseRecord(token.value) : null);
  }

  /** Takes a new AppSecret, given for `apiBase`: kept when the vault allows, held either way. */
  setSecret(appId: string, secret: string, apiBase: string): Promise<void> {
    return this.#keepSecret(appId, given(secret, apiBase));
  }

  /** An account without an AppSecret, so far. */
  expect(appId: string): void {
    this.#held.set(appId, { secret: null, state: 'missing', unkept: null });
  }

  /** Keeps a token of an account that is here; one that was removed meanwhile leaves nothing behind. */
  async keepToken(appId: string, token: TokenRecord): Promise<void> {
    const held = this.#held.get(appId);
    if (!held) return;
    held.unkept = token;
    const writing = await this.#vault.keep({ appId, part: 'token' }, JSON.stringify(token));
    if (writing.result === 'done' && held.unkept === token) held.unkept = null;
    this.#note(writing);
  }

  /** Secret and token leave the vault; they stay in this memory until `drop`, for a removal that fails after all. */
  async forget(appId: string): Promise<Writing> {
    for (const part of ['token', 'secret'] as const) {
      const gone = await this.#vault.forget({ appId, part });
      if (gone.result !== 'done') return gone;
    }
    return { result: 'done' };
  }

  /** Nothing is held of the account any more. */
  drop(appId: string): void {
    this.#held.delete(appId);
  }

  /** The account stays after all: what may have left the vault is kept again, now or when that can be done. */
  async takeBack(appId: string, token: TokenRecord | null): Promise<void> {
    const held = this.#held.get(appId);
    if (!held) return;
    if (held.state === 'stored') held.state = 'session-only';
    held.unkept = token;
    await this.keepAgain(appId);
  }

  /** Accounts whose secret is not at hand, or whose secret or token is not kept. */
  get unsettled(): readonly string[] {
    const waits = (held: Held) => held.state === 'locked' || this.#isUnkept(held);
    return [...this.#held].filter(([, held]) => waits(held)).map(([appId]) => appId);
  }

  /** Keeps what could not be kept before. */
  async keepAgain(appId: string): Promise<void> {
    const held = this.#held.get(appId);
    if (held?.state === 'session-only' && held.secret !== null) await this.#keepSecret(appId, held.secret);
    if (held?.unkept) await this.keepToken(appId, held.unkept);
  }

  /** Held before it is kept: an account that is removed meanwhile is not held again afterwards. */
  async #keepSecret(appId: string, secret: GivenSecret): Promise<void> {
    const held: Held = { secret, state: 'session-only', unkept: this.#held.get(appId)?.unkept ?? null };
    this.#held.set(appId, held);
    const writing = await this.#vault.keep({ appId, part: 'secret' }, sealed(secret));
    if (writing.result === 'done' && this.#vault.kind !== 'memory' && held.secret === secret)
      held.state = 'stored';
    this.#note(writing);
  }

  #isUnkept(held: Held): boolean {
    return held.unkept !== null || (held.state === 'session-only' && this.#vault.kind !== 'memory');
  }

  /** A writing tells the vault's health as well as any probe. */
  #note(writing: Writing): void {
    const isDone = writing.result === 'done';
    const detail = isDone ? null : writing.detail;
    if (detail !== null) this.#refusal = detail;
    this.#setHealth({ kind: this.#vault.kind, status: isDone ? 'ready' : writing.result, detail });
  }

  #setHealth(health: VaultHealth): void {
    this.#health = health;
    this.#changed();
  }
}

function parseRecord(text: string): TokenRecord | null {
  try {
    return tokenRecord.parse(JSON.parse(text));
  } catch {
    return null; // an unreadable record is no token: the next one is asked for, nothing else is lost
  }
}
