/** Somebody who connects and says nothing, thousands of times: a business server is answered all the same. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnections } from '../../electron/lib/connections.ts';
import { SHOP, startFakeGateway } from '../support/gateway-harness.ts';

const sockets: Socket[] = [];
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const close of closers.splice(0)) await close();
});

/** Connects without ever closing its own side, and says `words`, if any. */
async function connected(port: number, words = ''): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  if (words !== '') socket.write(words);
  return socket;
}

const descriptors = () => readdirSync('/proc/self/fd').length;

async function gateway() {
  const made = await startFakeGateway();
  closers.push(() => made.close());
  return { ...made, port: Number(new URL(made.url).port) };
}

describe('a gateway', () => {
  it('lets go of connections that say nothing, though the other side does not', async () => {
    const { port, ask } = await gateway();
    const before = descriptors();
    for (let n = 0; n < 400; n++) await connected(port, n % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nX-Slow: ');
    expect((await ask(`/v1/tokens/${SHOP}`)).status).toBe(200);
    // Each of ours stays; the gateway's own ends are gone.
    await expect.poll(() => descriptors() - before, { timeout: 25_000, interval: 500 }).toBeLessThan(420);
  }, 40_000);

  it('turns a business server’s key away for nobody, whoever holds the places', async () => {
    const { port, ask } = await gateway();
    for (let n = 0; n < 9000; n += 100) await Promise.all(Array.from({ length: 100 }, () => connected(port)));
    for (let n = 0; n < 20; n++) {
      const response = await ask(`/v1/tokens/${SHOP}`, { headers: { connection: 'close' } });
      expect(response.status).toBe(200);
    }
  }, 60_000);
});

describe('at the limit', () => {
  /** A server for four, three of one address; `key` proves a connection. */
  async function small() {
    const connections = createConnections({ most: 4, mostOfOne: 3 });
    const server = createServer((message, response) => {
      if (message.headers.authorization === 'key') connections.prove(message);
      if (message.url === '/wait') response.write('…');
      else response.end('ok');
    });
    connections.guard(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closers.push(() => new Promise((closed) => server.close(closed)));
    return (server.address() as { port: number }).port;
  }
  const said = (socket: Socket) => new Promise((resolve) => socket.once('data', resolve));
  const isOpen = async (socket: Socket) => {
    socket.resume();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return !socket.readableEnded && !socket.destroyed;
  };
  const request = (path: string, key = '') =>
    `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${key}\r\n\r\n`;

  it('the longest quiet one makes room, one with a key last, one that is being answered never', async () => {
    const port = await small();
    const busy = await connected(port, request('/wait'));
    await said(busy);
    const keyed = await connected(port, request('/', 'key'));
    await said(keyed);
    const quiet = await connected(port);
    const next = await connected(port);
    expect(await Promise.all([busy, keyed, quiet, next].map(isOpen))).toEqual([true, true, false, true]);
    const last = await connected(port, request('/'));
    await said(last);
    expect(await Promise.all([busy, keyed, next, last].map(isOpen))).toEqual([true, true, false, true]);
  });
});
