/**
 * Handing tokens to business servers, as the console sees it, and the console as handing out sees it. The room
 * `handout/` implements the one over the other; neither knows how the other works.
 */
import type { TokenRecord } from '../keeper/life.ts';
import type {
  AccountView,
  CommandInput,
  CommandValue,
  GatewaySettings,
  HandoutView,
  HistoryRow,
  RedisTarget,
  StateView,
  TokenFile,
} from './contract.ts';

/** A live token as it is handed out. */
export interface HandedToken extends TokenRecord {
  /** When it ends by the clock its reader has now, ms; `expiresAt` of the record where no clock was set. */
  readonly endsAt: number;
  /** The first 8 hex digits of its SHA-256. */
  readonly fingerprint: string;
}

/** What a passive refresh came to; `declined`: no call was made, and why. */
export type Renewal =
  | { readonly result: 'current' | 'renewed'; readonly token: HandedToken }
  | { readonly result: 'no-token' }
  | { readonly result: 'declined'; readonly code: string; readonly until: number | null };

/** The console's tokens in memory: reading one costs no disk, no keychain and no call. */
export interface TokenDesk {
  appIds(): readonly string[];
  /** The live token, null for none; undefined when there is no such account. */
  token(appId: string): HandedToken | null | undefined;
  view(appId: string): AccountView | undefined;
  /**
   * Passive refresh: a business server found `staleToken` dead. Asks WeChat once however many say so, and not at
   * all when the token is no longer the current one, or is younger than 60 s and a check shows that it lives.
   * `actor`: the client's name, for the history.
   */
  renew(appId: string, staleToken: string, actor: string): Promise<Renewal>;
  /** Calls `listener` for each token that is new or gone, and for an account that was added or removed. */
  onToken(listener: (appId: string, token: HandedToken | null) => void): () => void;
  /** Whether this console asks WeChat for the account, or follows another that does. */
  setRole(appId: string, role: AccountView['role']): void | Promise<void>;
  /** A token that the console which leads has obtained. */
  adopt(appId: string, token: TokenRecord): Promise<void>;
  /** Whether `text` is the AppSecret of the account: it must not be written anywhere. */
  isSecretOf(appId: string, text: string): boolean;
}

/** The commands and views of handing out. Each rejects with a Refusal for what cannot be done. */
export interface Handout {
  /** The role of an account before it is known which console asks for it. */
  readonly initialRole: AccountView['role'];
  /** The role at this very moment; a timer that should have changed it may be late. */
  role(appId: string): AccountView['role'];
  readonly gateway: StateView['gateway'];
  view(): HandoutView;
  createClient(input: CommandInput<'clients.create'>): CommandValue<'clients.create'>;
  revokeClient(id: string): void;
  setGateway(settings: GatewaySettings): Promise<void>;
  setRedis(input: CommandInput<'handout.setRedis'>): Promise<void>;
  /** An attempt that was written down; for the metrics. */
  noteAttempt(row: HistoryRow): void;
  setAccount(appId: string, file: TokenFile | null, targets: readonly RedisTarget[]): Promise<void>;
  /** Starts what the settings say; called once the accounts are awake. */
  start(): Promise<void>;
  /** What waits for a locked vault is tried once more. */
  tryAgain(): void;
  /** Ends within 1 s. */
  close(): Promise<void>;
}

/** Makes the handout over a console; `changed` is to be called when `view` or `gateway` has changed. */
export type OpenHandout = (desk: TokenDesk, changed: () => void) => Handout;
