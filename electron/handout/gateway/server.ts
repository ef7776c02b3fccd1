/** The server under the gateway's routes: its limits, its TLS, and what it says of requests it cannot read. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { type Connections, createConnections } from '../../lib/connections.ts';
import type { Log } from '../../log.ts';
import { type Answer, problem } from './answers.ts';

export interface Tls {
  /** PEM; the certificate with its chain. */
  readonly cert: Buffer | string;
  readonly key: Buffer | string;
}

const LIMITS = {
  bodyBytes: 16 * 1024,
  headerBytes: 16 * 1024,
  /** A thousand streams and as many servers that ask at once, several times over. */
  connections: { most: 8000, mostOfOne: 6000 },
  /** Connections that wait to be accepted; Node's own 511 turns some of a thousand at once away. */
  backlog: 4096,
  /** ms for the TLS handshake, a request's headers, the whole request, and a connection with nothing to say. */
  handshakeMs: 10_000,
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 30_000,
  /** How often the two above are looked after, ms; Node's own is half a minute. */
  checkMs: 5000,
  /** ms that requests under way get to end when the server closes. */
  farewellMs: 500,
};

export const gatewayConnections = (): Connections => createConnections(LIMITS.connections);

const TOO_LARGE = problem(413, 'The body is larger than 16 KiB.');
const UNREADABLE = problem(400, 'The request cannot be read.');
const FAILED = problem(500, 'The console failed; its log says more.');

/** For what node:http could not even parse: there is no request yet, only a connection. */
function turnAway(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const phrases = new Map([
    ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
    ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ]);
  const status = phrases.get(error.code ?? '') ?? '400 Bad Request';
  const body = problem(Number(status.slice(0, 3)), 'The request cannot be read.').body;
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/problem+json; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  // Whoever says nothing does not close his side either, and the connection would stay.
  socket.destroySoon();
}

function createListener(tls: Tls | null, handler: RequestListener): Server {
  const options = {
    connectionsCheckingInterval: LIMITS.checkMs,
    headersTimeout: LIMITS.headersMs,
    keepAliveTimeout: LIMITS.keepAliveMs,
    maxHeaderSize: LIMITS.headerBytes,
    requestTimeout: LIMITS.requestMs,
  };
  const server =
    tls === null
      ? createServer(options, handler)
      : createTlsServer(
          { ...options, ...tls, handshakeTimeout: LIMITS.handshakeMs, minVersion: 'TLSv1.2' },
          handler,
        );
  return server;
}

/** What to say of a request that Fastify could not read, or that failed here. */
function answerTo(error: FastifyError, log: Log): Answer {
  const status = error.statusCode ?? 500;
  if (status === 413) return TOO_LARGE;
  if (status < 500) return UNREADABLE;
  // Its name only: a message may quote the request, which may hold a key.
  log.error({ error: error.name }, 'a gateway request failed');
  return FAILED;
}

/** Answers a request ahead of all routes, or leaves it to them (false). Never throws. */
export type Ahead = (message: IncomingMessage, response: ServerResponse) => boolean;

/**
 * `onFailure` chooses what is sent in place of the answer here, and counts it. Throws OpenSSL's error for a
 * certificate that cannot be used.
 */
export function createApp(
  tls: Tls | null,
  log: Log,
  ahead: Ahead,
  connections: Connections,
  onFailure: (url: string, answer: Answer) => Answer,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: LIMITS.bodyBytes,
    clientErrorHandler: turnAway,
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      const { status, headers, body } = onFailure(request.url, UNREADABLE);
      reply.code(status).headers(pairs(headers)).send(body);
    },
    // SDKs put their base address and the path together with a slash too many.
    routerOptions: { ignoreDuplicateSlashes: true },
    serverFactory: (handler) =>
      createListener(tls, (message, response) => {
        if (!ahead(message, response)) handler(message, response);
      }),
  });
  connections.guard(app.server);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, headers, body } = onFailure(request.url, answerTo(error, log));
    return reply.code(status).headers(pairs(headers)).send(body);
  });
  return app;
}

function pairs(headers: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index];
    if (name !== undefined) found[name] = headers[index + 1] ?? '';
  }
  return found;
}

/** `0.0.0.0` and `::` are every address of this machine: its own one is shown, which is one of them. */
function urlOf(scheme: string, host: string, port: number): string {
  const everywhere = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  const shown = everywhere.get(host) ?? host;
  return `${scheme}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

/** Resolves with the address without a slash at its end. Rejects with the system's error (`EADDRINUSE`, `EACCES`, …). */
export async function listenAt(
  app: FastifyInstance,
  { host: asked, port }: { readonly host: string; readonly port: number },
  scheme: 'http' | 'https',
): Promise<string> {
  // Fastify opens a second server for the name localhost, one for each kind of address.
  const host = asked === 'localhost' ? '127.0.0.1' : asked;
  await app.listen({ host, port, backlog: LIMITS.backlog });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return urlOf(scheme, host, address.port);
}

/** Ends within 1 s: what is under way gets half of one. */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const force = setTimeout(() => app.server.closeAllConnections(), LIMITS.farewellMs);
  await app.close().finally(() => clearTimeout(force));
}
