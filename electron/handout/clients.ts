/** The keys of business servers: made once, stored hashed, and who fetched what with them. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { ClientView, CommandInput, CommandValue } from '../console/contract.ts';
import { Refusal } from '../console/refusal.ts';
import type { ClientRow, Ledger } from '../ledger/ledger.ts';
import type { GatewayClient, GatewayClients } from './gateway/clients-port.ts';

const KEY_BYTES = 32;
const MINUTE_MS = 60_000;
const SECONDS = 60;
/** When a client was last seen is written down this often: reading a token costs no disk. */
const FLUSH_MS = MINUTE_MS;

interface Known extends GatewayClient {
  readonly row: ClientRow;
  lastUsedAt: number | null;
  /** What it last fetched, by AppID. */
  readonly fetched: Map<string, { readonly fingerprint: string; readonly at: number }>;
  /** Requests by second, in a ring of sixty. */
  readonly perSecond: { second: number; count: number }[];
  isGone: boolean;
}

export interface ClientsParts {
  readonly ledger: Pick<Ledger, 'clients' | 'addClient' | 'removeClient' | 'noteClientUses'>;
  /** Wall clock, ms. */
  readonly clock: () => number;
  /** Called when a view has changed. */
  readonly changed: () => void;
  /** Called when what was seen of the clients could not be written down; it is tried again. */
  readonly fault: (error: unknown) => void;
}

export class Clients implements GatewayClients {
  readonly #parts: ClientsParts;
  /**
   * By the SHA-256 of the key. A look-up by hash tells an attacker nothing by its time: he cannot choose a hash,
   * and a key has 256 random bits, so that a slow hash would add nothing (unlike for a password).
   */
  readonly #byHash = new Map<string, Known>();
  readonly #unwritten = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(parts: ClientsParts) {
    this.#parts = parts;
    for (const row of parts.ledger.clients()) this.#know(row);
    this.#timer = setInterval(() => this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  /** A new key; it is in the answer and nowhere else. Throws Refusal `storage-failed`. */
  create({ name, appIds }: CommandInput<'clients.create'>): CommandValue<'clients.create'> {
    const key = `wtc_${randomBytes(KEY_BYTES).toString('base64url')}`;
    const row = {
      ...{ id: randomUUID(), name, appIds, keyHash: hashOf(key) },
      ...{ createdAt: this.#parts.clock(), lastUsedAt: null },
    };
    stored(() => this.#parts.ledger.addClient(row));
    this.#know(row);
    this.#parts.changed();
    return { id: row.id, name, key };
  }

  /** The key opens nothing from now on. Throws Refusal `unknown-client` or `storage-failed`. */
  revoke(id: string): void {
    const client = [...this.#byHash.values()].find(({ row }) => row.id === id);
    if (!client) throw new Refusal('unknown-client', 'There is no key with this id.');
    stored(() => this.#parts.ledger.removeClient(id));
    client.isGone = true;
    this.#byHash.delete(client.row.keyHash);
    this.#unwritten.delete(id);
    this.#parts.changed();
  }

  find(key: string): GatewayClient | null {
    return this.#byHash.get(hashOf(key)) ?? null;
  }

  noteUse(client: GatewayClient, appId: string, fingerprint: string | null): void {
    const known = client as Known;
    const at = this.#parts.clock();
    known.lastUsedAt = at;
    if (fingerprint !== null) known.fetched.set(appId, { fingerprint, at });
    const second = Math.floor(at / 1000);
    const slot = known.perSecond[second % SECONDS];
    if (slot?.second === second) slot.count += 1;
    else known.perSecond[second % SECONDS] = { second, count: 1 };
    this.#unwritten.set(client.id, at);
    this.#parts.changed();
  }

  views(): ClientView[] {
    const oldest = Math.floor(this.#parts.clock() / 1000) - SECONDS;
    return [...this.#byHash.values()].map(({ row, lastUsedAt, fetched, perSecond }) => ({
      ...{ id: row.id, name: row.name, createdAt: row.createdAt, lastUsedAt },
      appIds: row.appIds === '*' ? '*' : [...row.appIds],
      perMinute: perSecond.reduce((sum, slot) => (slot && slot.second > oldest ? sum + slot.count : sum), 0),
      fetched: [...fetched].map(([appId, { fingerprint, at }]) => ({ appId, fingerprint, at })),
    }));
  }

  /** Writes down when each client was last seen; what cannot be written waits for the next time. */
  flush(): void {
    if (this.#unwritten.size === 0) return;
    try {
      this.#parts.ledger.noteClientUses(this.#unwritten);
      this.#unwritten.clear();
    } catch (error) {
      this.#parts.fault(error);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.flush();
  }

  #know(row: ClientRow): void {
    const readable = row.appIds === '*' ? null : new Set(row.appIds);
    const known: Known = {
      ...{ id: row.id, name: row.name, row, lastUsedAt: row.lastUsedAt, isGone: false },
      ...{ fetched: new Map(), perSecond: [] },
      mayRead: (appId) => readable === null || readable.has(appId),
      isRevoked: () => known.isGone,
    };
    this.#byHash.set(row.keyHash, known);
  }
}

function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

function stored(write: () => void): void {
  try {
    write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal('storage-failed', `Nothing was changed: the ledger could not be written. ${reason}`);
  }
}
