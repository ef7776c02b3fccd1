/** What stands between this machine and WeChat, each as a server of its own or an address that leads nowhere. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './certificate.ts';

/** Where nothing listens: the port of a server that has just closed. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** An https server whose certificate nobody has signed but itself; `close` ends it. */
export async function untrustedServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(selfSigned('localhost'), (_, answer) => answer.end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
