/** Business servers' keys, as the gateway needs them. */

/** Whose key a request came with. The key itself is nowhere in it. */
export interface GatewayClient {
  readonly id: string;
  /** What the history calls it. */
  readonly name: string;
  readonly mayRead: (appId: string) => boolean;
  /** Whether the key was revoked since; a stream that is open asks again and again. */
  readonly isRevoked: () => boolean;
}

export interface GatewayClients {
  /** The client of a key; null for none. Hashes first, so that comparing takes the same time for any key. */
  find(key: string): GatewayClient | null;
  /** Notes a fetch, in memory only; `fingerprint` null: there was no token to fetch. */
  noteUse(client: GatewayClient, appId: string, fingerprint: string | null): void;
}
