/** `/v1/tokens/{appId}`: reading a token, and the passive refresh. */
import type { HandedToken, TokenDesk } from '../../console/handout.ts';
import type { Metrics } from '../metrics.ts';
import {
  type Answer,
  BAD_REFRESH,
  declined,
  json,
  NO_ACCOUNT,
  NOT_YOURS,
  noToken,
  refreshJson,
  tokenJson,
} from './answers.ts';
import type { GatewayClient, GatewayClients } from './clients-port.ts';

/** What the gateway's routes stand on. */
export interface GatewayParts {
  readonly desk: TokenDesk;
  readonly clients: GatewayClients;
  readonly metrics: Metrics;
  /** Wall clock, ms since the epoch. */
  readonly clock: () => number;
}

/** The account's token for this client; null for none, or the answer that says why it gets none. */
export function tokenFor(parts: GatewayParts, client: GatewayClient, appId: string) {
  if (!client.mayRead(appId)) return NOT_YOURS;
  const token = parts.desk.token(appId);
  if (token === undefined) return NO_ACCOUNT;
  return token !== null && token.endsAt > parts.clock() ? token : null;
}

export function isAnswer(found: HandedToken | Answer | GatewayClient): found is Answer {
  return 'status' in found;
}

/** From memory: no disk, no keychain, no call. */
export function readToken(parts: GatewayParts, client: GatewayClient, appId: string): Answer {
  const found = tokenFor(parts, client, appId);
  if (found !== null && isAnswer(found)) return found;
  const now = parts.clock();
  parts.clients.noteUse(client, appId, found?.fingerprint ?? null);
  return found === null ? noToken(parts.desk.view(appId), now) : json(200, tokenJson(found, appId, now));
}

function staleTokenIn(body: unknown): string | null {
  if (!Buffer.isBuffer(body)) return null;
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('stale_token' in parsed)) return null;
    return typeof parsed.stale_token === 'string' && parsed.stale_token !== '' ? parsed.stale_token : null;
  } catch {
    return null;
  }
}

/** A server found its token dead. Whether WeChat is asked is the desk's to decide (`TokenDesk.renew`). */
export async function refreshToken(
  parts: GatewayParts,
  client: GatewayClient,
  appId: string,
  body: unknown,
): Promise<Answer> {
  const { desk, clients, clock, metrics } = parts;
  const found = tokenFor(parts, client, appId);
  if (found !== null && isAnswer(found)) return found;
  const staleToken = staleTokenIn(body);
  if (staleToken === null) return BAD_REFRESH;
  const renewal = await desk.renew(appId, staleToken, client.name);
  metrics.passive(appId, renewal.result);
  if (renewal.result === 'no-token') return noToken(desk.view(appId), clock());
  if (renewal.result === 'declined') return declined(renewal, desk.view(appId), clock());
  const { token } = renewal;
  clients.noteUse(client, appId, token.fingerprint);
  return json(200, refreshJson(token, appId, renewal.result === 'renewed', clock()));
}
