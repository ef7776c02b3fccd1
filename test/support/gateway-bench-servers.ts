/**
 * The servers that `GET /v1/tokens/{appId}` is measured against, each with one account whose token never changes:
 * a bare node:http one with the same key check and the same answer, and the usual hand-made token server of the
 * field, co-wechat-api behind express. And the gateway itself over a desk of one token.
 */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WechatApi from 'co-wechat-api';
import express from 'express';
import type { TokenDesk } from '../../electron/console/handout.ts';
import type { GatewayClient, GatewayClients } from '../../electron/handout/gateway/clients-port.ts';
import { startGateway } from '../../electron/handout/gateway/gateway.ts';
import { createMetrics } from '../../electron/handout/metrics.ts';
import { fakeClients, fakeDesk } from './gateway-desk.ts';

export interface BenchServer {
  /** What to GET, with `Authorization: Bearer <key>`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface BenchParts {
  readonly desk: TokenDesk;
  readonly clients: GatewayClients;
  readonly appId: string;
}

const SILENT = { info() {}, warn() {}, error() {} };
const HOST = '127.0.0.1';

function closing(server: Server): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}

/** One account with one token, and one client with `key`; the same for all three servers. */
export function benchParts(appId: string, key: string): BenchParts {
  const desk = fakeDesk();
  desk.grant(appId, `token-${'x'.repeat(130)}`);
  const clients = fakeClients();
  clients.add('bench', key, [appId]);
  return { desk, clients, appId };
}

export async function startOurs({ desk, clients, appId }: BenchParts): Promise<BenchServer> {
  const { url, close } = await startGateway({
    desk,
    clients,
    metrics: createMetrics(desk),
    listen: { host: HOST, port: 0 },
    tls: null,
    log: SILENT,
  });
  return { url: `${url}/v1/tokens/${appId}`, close };
}

const PREFIX = '/v1/tokens/';
const JSON_TYPE = 'application/json; charset=utf-8';

function clientOf(authorization: string | undefined, clients: GatewayClients): GatewayClient | null {
  return authorization?.startsWith('Bearer ') ? clients.find(authorization.slice('Bearer '.length)) : null;
}

/** node:http with nothing round it: the same check, the same bytes. */
export async function startBare({ desk, clients, appId }: BenchParts): Promise<BenchServer> {
  const server = createServer((request, response) => {
    const client = clientOf(request.headers.authorization, clients);
    const path = request.url ?? '';
    const wanted = path.slice(PREFIX.length);
    if (request.method !== 'GET' || !path.startsWith(PREFIX) || !client?.mayRead(wanted)) {
      response.writeHead(403).end();
      return;
    }
    const token = desk.token(wanted);
    if (!token) {
      response.writeHead(503).end();
      return;
    }
    clients.noteUse(client, wanted, token.fingerprint);
    const body = JSON.stringify({
      access_token: token.accessToken,
      expires_in: Math.floor((token.endsAt - Date.now()) / 1000),
      expires_at: token.endsAt,
      app_id: wanted,
      fingerprint: token.fingerprint,
    });
    response.writeHead(200, {
      'Content-Type': JSON_TYPE,
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  return { url: `${await listening(server)}${PREFIX}${appId}`, close: closing(server) };
}

/** What teams write for themselves: express, a key in a map, co-wechat-api with its token kept in memory. */
export async function startUsual({ desk, appId }: BenchParts, key: string): Promise<BenchServer> {
  const api = new WechatApi(appId, 'sandbox-secret-of-the-shop');
  const granted = desk.token(appId);
  if (!granted) throw new Error('there is no token to serve');
  await api.saveToken({ accessToken: granted.accessToken, expireTime: granted.endsAt });
  const known = new Set([createHash('sha256').update(key).digest('hex')]);
  const app = express();
  app.get('/v1/tokens/:appId', async (request, response) => {
    const sent = request.get('authorization')?.replace(/^Bearer /, '') ?? '';
    if (!known.has(createHash('sha256').update(sent).digest('hex'))) {
      response.status(401).json({ error: 'wrong key' });
      return;
    }
    const { accessToken, expireTime } = await api.ensureAccessToken();
    const expires_in = Math.floor((expireTime - Date.now()) / 1000);
    response.json({ access_token: accessToken, expires_in, expires_at: expireTime, app_id: appId });
  });
  const server = createServer(app);
  return { url: `${await listening(server)}${PREFIX}${appId}`, close: closing(server) };
}
