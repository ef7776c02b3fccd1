/** Answers on their way out: written straight to node:http, and counted. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics, Route } from '../metrics.ts';
import { type Answer, FROM_A_BROWSER } from './answers.ts';
import type { Door } from './door.ts';
import { type GatewayParts, isAnswer, readToken } from './tokens.ts';

/** Answers at once, later, or by taking the response over (null). */
export type Handler<Request> = (request: Request) => Answer | null | Promise<Answer>;

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, [...headers, 'Content-Length', String(Buffer.byteLength(body))]);
  response.end(body);
}

function isFromBrowser(message: IncomingMessage): boolean {
  return message.headers.origin !== undefined;
}

/**
 * A route's handler as Fastify takes it: turns browsers away, sends what the handler answers, and counts. Fastify's
 * own reply, with hooks and serialisers that nothing here needs, is left out.
 */
export function serving<Request extends FastifyRequest>(
  metrics: Metrics,
  route: Route,
  answer: Handler<Request>,
) {
  return (request: Request, reply: FastifyReply): Promise<void> | undefined => {
    const startedAt = performance.now();
    const finish = (given: Answer | null) => {
      reply.hijack();
      if (given !== null) write(reply.raw, given);
      metrics.request(route, given?.status ?? 200, performance.now() - startedAt);
    };
    const given = isFromBrowser(request.raw) ? FROM_A_BROWSER : answer(request);
    if (given instanceof Promise) return given.then(finish);
    finish(given);
    return undefined;
  };
}

const PLAIN_READ = /^\/v1\/tokens\/(wx[0-9a-f]{16})$/;

/** null: something failed here. */
function readOrNull(parts: GatewayParts, door: Door, message: IncomingMessage, appId: string): Answer | null {
  try {
    const client = door.admit(message);
    return isAnswer(client) ? client : readToken(parts, client, appId);
  } catch {
    return null;
  }
}

/**
 * Answers the one request that comes thousands of times a second, a token read by its plain address, ahead of
 * Fastify, whose routing costs a sixth of what the whole answer does (npm run bench). False: it is another request,
 * or one that failed here; Fastify's own route then meets the same fault and tells of it.
 */
export function readingAhead(parts: GatewayParts, door: Door) {
  return (message: IncomingMessage, response: ServerResponse): boolean => {
    const appId = message.method === 'GET' ? PLAIN_READ.exec(message.url ?? '')?.[1] : undefined;
    if (appId === undefined || isFromBrowser(message)) return false;
    const startedAt = performance.now();
    const answer = readOrNull(parts, door, message, appId);
    if (answer === null) return false;
    write(response, answer);
    parts.metrics.request('/v1/tokens/{appId}', answer.status, performance.now() - startedAt);
    return true;
  };
}
