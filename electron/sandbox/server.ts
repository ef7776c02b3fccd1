/** The sandbox: a WeChat on this machine's loopback, over real HTTP. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from './transport.ts';
import { World } from './world.ts';

const LONGEST_BODY = 64 * 1024;

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** ms since the Unix epoch; the system's clock by default. */
  readonly clock?: () => number;
  /** The life of new tokens where an account says nothing: 1 to 7200 s, 7200 by default. */
  readonly lifeSeconds?: number;
}

export interface Sandbox {
  /** An account's `apiBase`: `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly world: World;
  /** Moves the sandbox's clock on, on top of the clock it was given. */
  advance(ms: number): void;
  /** Ends every connection, also those kept waiting; safe to call twice. */
  close(): Promise<void>;
}

/** Starts it. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, clock = Date.now, lifeSeconds } = options;
  let moved = 0;
  const world = new World({
    clock: () => clock() + moved,
    ...(lifeSeconds === undefined ? {} : { lifeSeconds }),
  });
  const server = createServer((request, response) => {
    // A caller that breaks off in the middle of its body gets no answer.
    serve(world, request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;

  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${address.port}`,
    world,
    advance(ms) {
      moved += ms;
    },
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { Connection: 'close' }).end();
    return;
  }
  const method = request.method ?? 'GET';
  const { json, fault } = world.answer({ method, path: pathname, query: searchParams, body });
  send(response, json, fault, world.now());
}

/** null when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > LONGEST_BODY) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
