import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStreams, type Streams } from '../../../electron/web/streams.ts';
import { emptyState, type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

let console: FakeConsole;
let streams: Streams;
let server: Server;

/** Opens a stream over a real socket; `session` travels in the path. */
function connect(session = ''): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ port, path: `/${session}`, agent: false }, resolve).on('error', reject);
  });
}

async function nextChunk(client: IncomingMessage): Promise<string> {
  const [chunk] = await once(client, 'data');
  return String(chunk);
}

beforeEach(async () => {
  console = fakeConsole();
  streams = createStreams(console, { heartbeatMs: 20, unreadBytes: 1024 });
  server = createServer((request, response) => streams.open(response, request.url?.slice(1) || null));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(() => {
  vi.restoreAllMocks();
  streams.cut();
  server.close();
});

it('writes a heartbeat while somebody listens, and only then', async () => {
  const setTimer = vi.spyOn(globalThis, 'setInterval');
  const clearTimer = vi.spyOn(globalThis, 'clearInterval');
  expect(setTimer).not.toHaveBeenCalled();
  const [first, second] = await Promise.all([connect(), connect()]);
  expect(setTimer).toHaveBeenCalledTimes(1);
  const received: string[] = [];
  for await (const chunk of first) {
    received.push(String(chunk));
    if (received.join('').includes(': still here\n\n')) break;
  }
  await vi.waitFor(() => expect(console.listeners).toBe(1));
  expect(clearTimer).not.toHaveBeenCalled();
  second.destroy();
  await vi.waitFor(() => expect(clearTimer).toHaveBeenCalledWith(setTimer.mock.results[0]?.value));
  expect(console.listeners).toBe(0);
});

it('cuts off whoever does not read', async () => {
  const client = await connect();
  client.pause();
  await vi.waitFor(() => expect(console.listeners).toBe(1));
  const closed = once(client.socket, 'close');
  const event = { type: 'state', state: { ...emptyState, version: 'x'.repeat(256 * 1024) } } as const;
  // The system's own buffers take some megabytes before the stream's begins to fill.
  const sent = () => {
    console.announce(event);
    expect(console.listeners).toBe(0);
  };
  await vi.waitFor(sent, { timeout: 10_000, interval: 5 });
  client.on('error', () => {}).resume();
  await closed;
});

it('does not cut off a reader for one large event', async () => {
  const client = await connect();
  client.setEncoding('utf8');
  const version = 'x'.repeat(64 * 1024);
  console.announce({ type: 'state', state: { ...emptyState, version } });
  let text = '';
  while (!text.includes(version)) text += await nextChunk(client);
  expect(console.listeners).toBe(1);
});

it('does not listen for a client that left before it was served', async () => {
  server.removeAllListeners('request').on('request', (_request, response) => {
    response.destroy();
    response.once('close', () => streams.open(response, null));
  });
  await expect(connect()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(console.listeners).toBe(0);
});

it('cuts off one session and leaves the others', async () => {
  const [mine, other] = await Promise.all([connect('mine'), connect('other')]);
  const closed = once(mine, 'error');
  mine.resume();
  streams.cut('mine');
  expect(await closed).toMatchObject([{ code: 'ECONNRESET' }]);
  await vi.waitFor(() => expect(console.listeners).toBe(1));
  other.resume();
  streams.cut();
  await once(other, 'error');
});
