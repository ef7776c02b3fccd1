/** The gateway's door: whose key a request came with. */
import type { IncomingMessage } from 'node:http';
import type { Connections } from '../../lib/connections.ts';
import type { Log } from '../../log.ts';
import { type Answer, NEEDS_KEY, tooManyWrongKeys, WRONG_KEY } from './answers.ts';
import type { GatewayClient, GatewayClients } from './clients-port.ts';
import { createWrongKeys } from './wrong-keys.ts';

/** `waitMs`: 0, or how long until wrong keys from this address are heard again. */
export type Entry = { readonly client: GatewayClient } | { readonly client: null; readonly waitMs: number };

export interface Door {
  /** By a key, wherever it was in the request. A right key is always let in, whoever tried wrong ones beside it. */
  tryKey(key: string, message: IncomingMessage): Entry;
  /** By the Authorization header: the client, or the answer that turns the request away. */
  admit(message: IncomingMessage): GatewayClient | Answer;
}

/** Keys have 64 characters at most; a longer one is not worth hashing. */
const LONGEST_KEY = 256;

/** The key in `Authorization: Bearer …`; null when there is none. */
export function bearerIn(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

export function createDoor(clients: GatewayClients, connections: Connections, log: Log): Door {
  const wrongKeys = createWrongKeys(() => performance.now());

  function tryKey(key: string, message: IncomingMessage): Entry {
    const client = key.length > LONGEST_KEY ? null : clients.find(key);
    if (client !== null) {
      connections.prove(message);
      return { client };
    }
    const from = message.socket.remoteAddress ?? '';
    const waitMs = wrongKeys.note(from);
    log.warn({ from }, 'wrong client key');
    return { client: null, waitMs };
  }

  return {
    tryKey,
    admit(message) {
      const key = bearerIn(message.headers.authorization);
      if (key === null) return NEEDS_KEY;
      const entry = tryKey(key, message);
      if (entry.client !== null) return entry.client;
      return entry.waitMs === 0 ? WRONG_KEY : tooManyWrongKeys(entry.waitMs);
    },
  };
}
