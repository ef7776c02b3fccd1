/** `GET /v1/tokens/{appId}/events`: the token now, and each new one, as server-sent events. */
import type { ServerResponse } from 'node:http';
import type { HandedToken } from '../../console/handout.ts';
import { tokenJson } from './answers.ts';
import type { GatewayClient } from './clients-port.ts';
import type { GatewayParts } from './tokens.ts';

/**
 * How often a stream hears that it still stands, so that a proxy keeps it open and a dead connection shows; and how
 * many bytes its reader may owe beyond what the system buffers.
 */
const LIMITS = { keepAliveMs: 15_000, unreadBytes: 16 * 1024 };

/** How soon a client that was cut off should come back, ms; every stream begins with the token, so it missed nothing. */
const RETRY_MS = 2000;

const HEADERS = [
  'Content-Type',
  'text/event-stream; charset=utf-8',
  'Cache-Control',
  'no-store',
  // nginx would otherwise hold events back until its buffer is full.
  'X-Accel-Buffering',
  'no',
];

interface Stream {
  readonly response: ServerResponse;
  readonly client: GatewayClient;
}

export interface Streams {
  /** Takes the response over and writes to it until its client leaves, is cut off, or may not read any more. */
  open(response: ServerResponse, client: GatewayClient, appId: string): void;
  /** Stops listening and cuts every stream off. */
  close(): void;
}

/** One listener and one timer serve all streams; an event is made once for all streams of its account. */
export function createStreams(parts: GatewayParts, limits = LIMITS): Streams {
  const { desk, clients, clock, metrics } = parts;
  const streams = new Map<string, Set<Stream>>();
  let open = 0;

  function eventOf(appId: string, token: HandedToken | null): string {
    if (token === null) return `event: gone\ndata: {"app_id":"${appId}"}\n\n`;
    return `id: ${token.fingerprint}\nevent: token\ndata: ${tokenJson(token, appId, clock())}\n\n`;
  }

  /** A reader that does not read is cut off rather than remembered for. */
  function write({ response }: Stream, chunk: string): void {
    if (response.destroyed) return;
    if (response.writableLength > limits.unreadBytes) response.destroy();
    else response.write(chunk);
  }

  function send(stream: Stream, appId: string, event: string, token: HandedToken | null): void {
    write(stream, event);
    if (token !== null) clients.noteUse(stream.client, appId, token.fingerprint);
  }

  function isOver(stream: Stream, appId: string): boolean {
    return stream.client.isRevoked() || !stream.client.mayRead(appId) || desk.token(appId) === undefined;
  }

  const stopListening = desk.onToken((appId, token) => {
    const readers = streams.get(appId);
    if (readers === undefined) return;
    const event = eventOf(appId, token);
    for (const stream of [...readers]) {
      if (!stream.client.isRevoked()) send(stream, appId, event, token);
      if (isOver(stream, appId)) stream.response.end();
    }
  });

  const keepAlive = setInterval(() => {
    for (const [appId, readers] of streams) {
      for (const stream of [...readers]) {
        if (isOver(stream, appId)) stream.response.end();
        else write(stream, ': still here\n\n');
      }
    }
  }, limits.keepAliveMs);
  keepAlive.unref();

  function count(change: 1 | -1): void {
    open += change;
    metrics.streams(open);
  }

  function add(stream: Stream, appId: string): void {
    const readers = streams.get(appId) ?? new Set();
    streams.set(appId, readers.add(stream));
    count(1);
    stream.response.once('close', () => {
      readers.delete(stream);
      if (readers.size === 0 && streams.get(appId) === readers) streams.delete(appId);
      count(-1);
    });
  }

  return {
    open(response, client, appId) {
      if (response.destroyed) return; // its client left before it was served, and `close` has been and gone
      const stream = { response, client };
      const token = desk.token(appId) ?? null;
      response.writeHead(200, HEADERS);
      add(stream, appId);
      send(stream, appId, `retry: ${RETRY_MS}\n\n${eventOf(appId, token)}`, token);
    },
    close() {
      stopListening();
      clearInterval(keepAlive);
      for (const readers of streams.values()) for (const { response } of readers) response.destroy();
    },
  };
}
