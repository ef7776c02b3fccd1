/** The ledger: one SQLite file with accounts, settings, history and marks. No secret and no token ever enters it. */
import type {
  AccountKind,
  CheckMinutes,
  HistoryRow,
  Outcome,
  TokenLine,
  Trigger,
} from '../console/contract.ts';
import type { Marks } from '../vault/vault.ts';

/** `gone`: the data folder was deleted, moved or replaced. `taken`: and another console runs in the one that is there now. */
export type Place = 'ours' | 'gone' | 'taken';

/** What became of a database that a disk spoilt: put aside at `file` with what could be read taken over, or its last changes taken from the copy. */
export type Mended = { readonly what: 'set-aside'; readonly file: string } | { readonly what: 'restored' };

export interface AccountRow {
  readonly appId: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly line: TokenLine;
  readonly apiBase: string;
  readonly leadSeconds: number;
  /** 0: never. */
  readonly checkMinutes: CheckMinutes;
  readonly paused: boolean;
  readonly addedAt: number;
}

/** A business server's key, by its SHA-256 in hex. `appIds`: what it may read, or all there are. */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly appIds: readonly string[] | '*';
  readonly keyHash: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What the keeper must find again after a restart, as its own JSON; the ledger does not look inside. */
export interface Kept {
  readonly standing: string | null;
  /** When a call was under way that never reported its end; null when none was. */
  readonly askingSince: number | null;
}

export interface HistoryQuery {
  readonly appId?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly errcode?: number | undefined;
  readonly trigger?: Trigger | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Ledger {
  /** What became of a database that a disk spoilt; null when nothing did, or somebody has taken note. */
  readonly mended: Mended | null;
  /** Where the data folder is by now; looks, so not for every request. */
  place(): Place;
  /** Whether what is written is still in the data folder. */
  isInPlace(): boolean;
  /**
   * Resolves when all that was written is on disk; until then it outlives this process, and not the machine. Nothing
   * is acknowledged or announced before. Rejects with LedgerFault.
   */
  durable(): Promise<void>;
  /** Somebody has taken note of `mended`. */
  takeNote(): void;
  readonly marks: Marks;
  accounts(): AccountRow[];
  hasAccount(appId: string): boolean;
  addAccount(row: AccountRow): void;
  updateAccount(row: AccountRow): void;
  /** Removes the account and its marks; its history stays unless asked. */
  removeAccount(appId: string, forgetHistory: boolean): void;
  kept(appId: string): Kept;
  /** Notes, before a call leaves, that one is under way. */
  noteAsking(appId: string, since: number): void;
  /** In one transaction: the attempt's row, the account's standing, and the end of the call. Returns the row with its id. */
  record(row: Omit<HistoryRow, 'id'>, standing?: string): HistoryRow;
  history(query: HistoryQuery): { rows: HistoryRow[]; nextCursor: string | null };
  clients(): ClientRow[];
  addClient(row: ClientRow): void;
  removeClient(id: string): void;
  /** When each client was last seen, several at once in one transaction. */
  noteClientUses(uses: ReadonlyMap<string, number>): void;
  setting(key: string): string | null;
  /** The keys of all settings that begin with `prefix`. */
  settingKeys(prefix: string): readonly string[];
  setSetting(key: string, value: string): void;
  close(): void;
}

/** Something could not be read from the ledger or written to it; the message names the file and the system's reason. */
export class LedgerFault extends Error {}

/** Another program holds the ledger's lock, as a backup does; it is to be tried again soon. */
export class LedgerBusy extends LedgerFault {}

/** Why a data folder cannot be used. `exitCode` as in interfaces.md section 1. */
export class LedgerError extends Error {
  readonly reason: 'not-writable' | 'open-to-others' | 'held' | 'newer-version';
  readonly exitCode: 73 | 75 | 78;
  constructor(reason: LedgerError['reason'], message: string) {
    super(message);
    this.name = 'LedgerError';
    this.reason = reason;
    this.exitCode = ({ 'not-writable': 73, 'open-to-others': 73, held: 75, 'newer-version': 78 } as const)[
      reason
    ];
  }
}
