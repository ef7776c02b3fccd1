/** The gateway: what business servers may ask, interfaces.md section 3. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Log, seldom } from '../../log.ts';
import { type Answer, NO_ROUTE, notAllowed, text } from './answers.ts';
import type { GatewayClient } from './clients-port.ts';
import { createDoor, type Door } from './door.ts';
import { ALIVE, readiness } from './health.ts';
import { type Handler, readingAhead, serving } from './sending.ts';
import { closeApp, createApp, gatewayConnections, listenAt, type Tls } from './server.ts';
import { createStreams, type Streams } from './streams.ts';
import { type GatewayParts, isAnswer, readToken, refreshToken, tokenFor } from './tokens.ts';
import { plainToken, refuse, stableToken } from './wechat-shape.ts';

export interface GatewayOptions extends Omit<GatewayParts, 'clock'> {
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls: Tls | null;
  readonly log: Log;
  /** Wall clock, ms since the epoch. */
  readonly clock?: () => number;
}

export interface Gateway {
  /** `http://127.0.0.1:7321`, without a slash at its end; https with TLS. */
  readonly url: string;
  /** Stops listening and cuts what is still open; ends within 1 s. */
  close(): Promise<void>;
}

interface ByAppId {
  Params: { appId: string };
}

/** What each address answers to, for a request with another method. */
const ALLOWED: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/tokens\/[^/]+$/, 'GET, HEAD'],
  [/^\/v1\/tokens\/[^/]+\/refresh$/, 'POST'],
  [/^\/v1\/tokens\/[^/]+\/events$/, 'GET'],
  [/^\/(healthz|readyz|metrics)$/, 'GET, HEAD'],
];

/** What is at an address that no route took: WeChat's own words below /cgi-bin. */
function nothingAt(url: string): Answer {
  const path = (url.split('?', 1)[0] ?? '').replaceAll(/\/{2,}/g, '/');
  if (path === '/cgi-bin/token') return refuse(43001);
  if (path === '/cgi-bin/stable_token') return refuse(43002);
  if (path.startsWith('/cgi-bin/')) return refuse(40066);
  const allow = ALLOWED.find(([pattern]) => pattern.test(path))?.[1];
  return allow === undefined ? NO_ROUTE : notAllowed(allow);
}

/** Below /cgi-bin even a request that cannot be read is answered as WeChat does. */
function inItsShape(url: string, answer: Answer): Answer {
  return /^\/+cgi-bin\//.test(url) && answer.status < 500 ? refuse(47001) : answer;
}

function addTokens(app: FastifyInstance, parts: GatewayParts, door: Door, streams: Streams): void {
  const { metrics } = parts;
  type Asked = FastifyRequest<ByAppId>;
  const withKey =
    (handler: (client: GatewayClient, request: Asked) => Answer | Promise<Answer>): Handler<Asked> =>
    (request) => {
      const client = door.admit(request.raw);
      return isAnswer(client) ? client : handler(client, request);
    };
  app.get<ByAppId>(
    '/v1/tokens/:appId',
    serving(
      metrics,
      '/v1/tokens/{appId}',
      withKey((client, { params }) => readToken(parts, client, params.appId)),
    ),
  );
  app.post<ByAppId>(
    '/v1/tokens/:appId/refresh',
    serving(
      metrics,
      '/v1/tokens/{appId}/refresh',
      withKey((client, { params, body }) => refreshToken(parts, client, params.appId, body)),
    ),
  );
  app.get<ByAppId>('/v1/tokens/:appId/events', { exposeHeadRoute: false }, (request, reply) =>
    serving<Asked>(metrics, '/v1/tokens/{appId}/events', (asked) => {
      const client = door.admit(asked.raw);
      if (isAnswer(client)) return client;
      const found = tokenFor(parts, client, asked.params.appId);
      if (found !== null && isAnswer(found)) return found;
      streams.open(reply.raw, client, asked.params.appId);
      return null;
    })(request, reply),
  );
}

function addWechatShape(app: FastifyInstance, parts: GatewayParts, door: Door): void {
  type Asked = FastifyRequest<{ Querystring: Record<string, unknown> }>;
  app.get(
    '/cgi-bin/token',
    serving(parts.metrics, '/cgi-bin/token', ({ query, raw }: Asked) => plainToken(parts, door, query, raw)),
  );
  app.post(
    '/cgi-bin/stable_token',
    serving(parts.metrics, '/cgi-bin/stable_token', ({ body, raw }: FastifyRequest) =>
      stableToken(parts, door, body, raw),
    ),
  );
}

function addHealth(app: FastifyInstance, { desk, metrics }: GatewayParts, door: Door): void {
  app.get(
    '/healthz',
    serving(metrics, '/healthz', () => ALIVE),
  );
  app.get(
    '/readyz',
    serving(metrics, '/readyz', () => readiness(desk)),
  );
  app.get(
    '/metrics',
    serving(metrics, '/metrics', ({ raw }: FastifyRequest) => {
      const client = door.admit(raw);
      if (isAnswer(client)) return client;
      return metrics.text(client.mayRead).then((body) => text(200, body, metrics.contentType));
    }),
  );
}

/**
 * Opens the gateway. Rejects with the system's error when it cannot listen (`code: 'EADDRINUSE'`, `'EACCES'`, …),
 * and with OpenSSL's when the certificate cannot be used.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { desk, clients, metrics, listen, tls, clock = Date.now } = options;
  const log = seldom(options.log); // anybody who reaches the port can cause a line
  const parts: GatewayParts = { desk, clients, metrics, clock };
  const connections = gatewayConnections();
  const door = createDoor(clients, connections, log);
  const app = createApp(tls, log, readingAhead(parts, door), connections, (url, answer) => {
    const given = inItsShape(url, answer);
    metrics.request('other', given.status, 0);
    return given;
  });
  const streams = createStreams(parts);
  addTokens(app, parts, door, streams);
  addWechatShape(app, parts, door);
  addHealth(app, parts, door);
  app.setNotFoundHandler(serving(metrics, 'other', ({ url }: FastifyRequest) => nothingAt(url)));
  try {
    const url = await listenAt(app, listen, tls === null ? 'http' : 'https');
    return {
      url,
      close() {
        streams.close();
        return closeApp(app);
      },
    };
  } catch (error) {
    streams.close();
    await app.close();
    throw error;
  }
}
