/** The bridge over HTTP, for the console without a window: interfaces.md section 2. */
import { hostname } from 'node:os';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Console } from '../console/console.ts';
import { commands } from '../console/contract.ts';
import { createConnections } from '../lib/connections.ts';
import { type Log, seldom } from '../log.ts';
import { type Page, SAFE_HEADERS } from '../page/page.ts';
import type { Clock } from './access.ts';
import { failure } from './answers.ts';
import { createDoor, type Door, forgetOldCookie, turnAway } from './door.ts';
import { isLoopback, refusal } from './guard.ts';
import { createStreams, type Streams } from './streams.ts';

export interface WebOptions {
  readonly console: Console;
  readonly page: Page;
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly adminKey: string;
  readonly allowRemote: boolean;
  readonly log: Log;
  /** By which sessions and wrong keys are counted; the system's, where left out. */
  readonly clock?: Clock;
}

export interface Web {
  /** `http://127.0.0.1:7320/`, without the key. */
  readonly url: string;
  /** Stops listening and cuts what is still open; ends within 1 s. */
  close(): Promise<void>;
}

const PAGE_ROUTE = '/*';

const systemClock: Clock = () => ({ wall: Date.now(), mono: performance.now() });

const LIMITS = {
  bodyBytes: 64 * 1024,
  /** A file of accounts: some thousands of them, as text inside JSON. */
  importBytes: 32 * 1024 * 1024,
  headerBytes: 16 * 1024,
  connections: { most: 512, mostOfOne: 400 },
  /** ms for a request's headers, for all of it (a large file over a slow line), and for a connection that is silent. */
  headersMs: 10_000,
  requestMs: 60_000,
  keepAliveMs: 10_000,
  /** How often those are looked after, ms; Node's own is half a minute. */
  checkMs: 5000,
  /** ms that commands under way get to end when the server closes. */
  farewellMs: 500,
};

function createServer(log: Log): FastifyInstance {
  const app = Fastify({
    bodyLimit: LIMITS.bodyBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.code(400).headers(SAFE_HEADERS).send(failure('invalid-input', 'The address cannot be read.'));
    },
    http: {
      connectionsCheckingInterval: LIMITS.checkMs,
      headersTimeout: LIMITS.headersMs,
      maxHeaderSize: LIMITS.headerBytes,
    },
    keepAliveTimeout: LIMITS.keepAliveMs,
    requestTimeout: LIMITS.requestMs,
    routerOptions: { maxParamLength: LIMITS.headerBytes },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, { routeOptions }, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) {
      const most = (routeOptions.bodyLimit ?? LIMITS.bodyBytes) / 1024;
      return reply.code(413).send(failure('too-large', `The body is larger than ${most} KiB.`));
    }
    if (status < 500) return reply.code(status).send(failure('invalid-input', 'The request cannot be read.'));
    // Its name only: a message may quote the input, which may hold a secret.
    log.error({ error: error.name }, 'a request failed');
    return reply.code(500).send(failure('internal', 'The console failed; its log says more.'));
  });
  return app;
}

function addGuard(app: FastifyInstance, allowRemote: boolean, log: Log): void {
  const place = { allowRemote, hostname: hostname() };
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFE_HEADERS);
    forgetOldCookie(request, reply);
    const isCommand = request.routeOptions.url !== PAGE_ROUTE;
    const reason = refusal(request.headers, isCommand, place);
    if (reason === null) return;
    log.warn({ from: request.ip, reason }, 'request refused');
    return reply.code(403).send(failure('unauthorized', reason));
  });
}

/** A command's input, or undefined when the body is not a JSON object. */
function inputOf(request: FastifyRequest): object | undefined {
  const isJson = /^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '');
  if (!isJson || !Buffer.isBuffer(request.body)) return undefined;
  try {
    const input: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

function addBridge(app: FastifyInstance, console: Console, door: Door, streams: Streams): void {
  const unknownCommand = failure('unknown-command', 'There is no such command.');
  const notAnObject = failure('invalid-input', 'The body must be a JSON object sent as application/json.');
  const routes = async (bridge: FastifyInstance) => {
    // Ahead of the body: nobody's is read who may not send it.
    bridge.addHook('onRequest', async (request, reply) => {
      const admission = door.admit(request);
      if (admission.let === 'out') return turnAway(reply, admission.waitMs);
    });
    bridge.get('/events', (request, reply) => {
      const admission = door.admit(request);
      if (admission.let === 'out') return turnAway(reply, admission.waitMs);
      reply.hijack();
      streams.open(reply.raw, admission.session);
    });
    const carryOut = async (command: string, request: FastifyRequest) => {
      const input = inputOf(request);
      return input === undefined ? notAnObject : console.execute(command, input);
    };
    bridge.post<{ Params: { command: string } }>('/:command', async (request, reply) => {
      const { command } = request.params;
      if (!Object.hasOwn(commands, command)) return reply.code(404).send(unknownCommand);
      return carryOut(command, request);
    });
    bridge.post('/accounts.import', { bodyLimit: LIMITS.importBytes }, (request) =>
      carryOut('accounts.import', request),
    );
    bridge.setNotFoundHandler((_request, reply) => reply.code(404).send(unknownCommand));
  };
  app.register(routes, { prefix: '/bridge' });
}

function addPage(app: FastifyInstance, page: Page): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: PAGE_ROUTE,
    handler: (request, reply) => {
      const answer = page.answer(request.url.split('?', 1)[0] ?? '/');
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    },
  });
}

function urlOf(host: string, port: number): string {
  const shown =
    new Map([
      ['0.0.0.0', '127.0.0.1'],
      ['::', '::1'],
    ]).get(host) ?? host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}/`;
}

/**
 * Opens the bridge and the page at one address. Rejects with the system's error when it cannot listen
 * (`code: 'EADDRINUSE'`, `'EACCES'`, …), and with a RangeError when the address is not this machine's alone and
 * `allowRemote` is false.
 */
export async function startWeb({
  console,
  page,
  listen,
  adminKey,
  allowRemote,
  log: everyLine,
  clock = systemClock,
}: WebOptions): Promise<Web> {
  if (!isLoopback(listen.host) && !allowRemote) {
    throw new RangeError('Listening beyond this machine must be allowed explicitly.');
  }
  const log = seldom(everyLine); // anybody who reaches the port can cause a line
  const app = createServer(log);
  const connections = createConnections(LIMITS.connections);
  connections.guard(app.server);
  const door = createDoor(adminKey, clock, connections, log);
  const streams = createStreams(console);
  addGuard(app, allowRemote, log);
  door.addRoutes(app);
  addBridge(app, console, door, streams);
  addPage(app, page);

  // Fastify opens a second server for the name localhost, one for each kind of address.
  const host = listen.host === 'localhost' ? '127.0.0.1' : listen.host;
  await app.listen({ host, port: listen.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');

  return {
    url: urlOf(host, address.port),
    async close() {
      streams.cut();
      const force = setTimeout(() => app.server.closeAllConnections(), LIMITS.farewellMs);
      await app.close().finally(() => clearTimeout(force));
    },
  };
}
