/** A company's proxy on this machine: connects whoever may, wherever they want, to one server of ours. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  /** Each CONNECT: where to, and as whom (`name:word`); null: nobody said. */
  readonly seen: { readonly target: string; readonly as: string | null }[];
  close(): Promise<void>;
}

/** `to`: the port every tunnel ends at. `only`: the one `name:word` that is let through; without it all are. */
export async function startConnectProxy(to: number, only?: string): Promise<ConnectProxy> {
  const seen: { target: string; as: string | null }[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_, answer) => answer.writeHead(500).end());
  server.on('connect', ({ url, headers }, socket) => {
    const as = nameIn(headers['proxy-authorization']);
    seen.push({ target: url ?? '', as });
    sockets.add(socket);
    socket.once('error', () => socket.destroy());
    if (only === undefined || as === only) tunnel(socket, to);
    else socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function tunnel(socket: Duplex, to: number) {
  const target = connect(to, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.pipe(target).pipe(socket);
  });
  socket.once('close', () => target.destroy());
  target.once('error', () => socket.destroy());
}

function nameIn(header: string | undefined): string | null {
  const [, base64] = /^Basic (.+)$/.exec(header ?? '') ?? [];
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('utf8');
}
