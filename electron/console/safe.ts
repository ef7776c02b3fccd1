/**
 * AppSecrets and tokens in main-process memory, over a vault that may be locked or gone. A value that cannot be
 * kept is held for this session and kept as soon as the vault is ready again; nothing is ever written in plain.
 */
import { type TokenRecord, tokenRecord } from '../keeper/life.ts';
import type { Vault, VaultHealth, Writing } from '../vault/vault.ts';
import type { AccountView } from './contract.ts';

export type SecretState = AccountView['secret'];

interface Held {
  secret: string | null;
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

  /** The AppSecret of an account, for a request to WeChat and nothing else. */
  secretOf(appId: string): string | null {
    return this.#held.get(appId)?.secret ?? null;
  }

  stateOf(appId: string): SecretState {
    return this.#held.get(appId)?.state ?? 'missing';
  }

  async probe(): Promise<VaultHealth> {
    this.#setHealth(await this.#vault.probe());
    return this.#health;
  }

  /** Reads an account's secret and token. A token that cannot be read or understood is none. */
  async open(appId: string): Promise<TokenRecord | null> {
    const [secret, token] = await Promise.all([
      this.#vault.read({ appId, part: 'secret' }),
      this.#vault.read({ appId, part: 'token' }),
    ]);
    if (secret.result === 'found')
      this.#held.set(appId, { secret: secret.value, state: 'stored', unkept: null });
    else {
      this.#held.set(appId, {
        secret: null,
        state: secret.result === 'absent' ? 'missing' : 'locked',
        unkept: null,
      });
      if (secret.result !== 'absent')
        this.#setHealth({ kind: this.#vault.kind, status: secret.result, detail: secret.detail });
    }
    return token.result === 'found' ? parseRecord(token.value) : null;
  }

  /** Takes a new AppSecret: kept when the vault allows, held either way. */
  async setSecret(appId: string, secret: string): Promise<void> {
    const writing = await this.#vault.keep({ appId, part: 'secret' }, secret);
    const isStored = writing.result === 'done' && this.#vault.kind !== 'memory';
    const unkept = this.#held.get(appId)?.unkept ?? null;
    this.#held.set(appId, { secret, state: isStored ? 'stored' : 'session-only', unkept });
    this.#note(writing);
  }

  async keepToken(appId: string, token: TokenRecord): Promise<void> {
    const writing = await this.#vault.keep({ appId, part: 'token' }, JSON.stringify(token));
    const held = this.#held.get(appId);
    if (held) held.unkept = writing.result === 'done' ? null : token;
    this.#note(writing);
  }

  /** Secret and token leave the vault, then this memory. On failure nothing is forgotten. */
  async forget(appId: string): Promise<Writing> {
    for (const part of ['token', 'secret'] as const) {
      const gone = await this.#vault.forget({ appId, part });
      if (gone.result !== 'done') return gone;
    }
    this.#held.delete(appId);
    return { result: 'done' };
  }

  /** Accounts whose secret is not at hand, or whose secret or token is not kept. */
  get unsettled(): readonly string[] {
    const waits = (held: Held) => held.state === 'locked' || this.#isUnkept(held);
    return [...this.#held].filter(([, held]) => waits(held)).map(([appId]) => appId);
  }

  /** Keeps what could not be kept before. */
  async keepAgain(appId: string): Promise<void> {
    const held = this.#held.get(appId);
    if (held?.state === 'session-only' && held.secret !== null) await this.setSecret(appId, held.secret);
    if (held?.unkept) await this.keepToken(appId, held.unkept);
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
