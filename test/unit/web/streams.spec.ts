import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSessions, type Sessions } from '../../../electron/web/access.ts';
import { createStreams, type Streams } from '../../../electron/web/streams.ts';
import { emptyState, type FakeConsole, fakeConsole } from '../../support/fake-console.ts';

let console: FakeConsole;
let streams: Streams;
let server: Server;
let sessions: Sessions;
const now = { wall: 0, mono: 0 };

/** Opens a stream over a real socket; the id of its session travels in the path. */
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
  sessions = createSessions(() => ({ ...now }));
  server = createServer((request, response) => {
    streams.open(response, sessions.find(request.url?.slice(1) ?? ''));
  });
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

it('does not cut off a reader whose first state is longer than the limit and the connection’s buffers', async () => {
  const version = 'x'.repeat(16 * 1024 * 1024);
  console = fakeConsole(undefined, { ...emptyState, version });
  streams = createStreams(console, { heartbeatMs: 20, unreadBytes: 1024 });
  const client = await connect();
  console.announce({ type: 'account-removed', appId: 'wx00000000000000a1' });
  let tail = '';
  client.setEncoding('utf8').on('data', (chunk) => {
    tail = (tail + chunk).slice(-200);
  });
  await vi.waitFor(() => expect(tail).toContain('account-removed'), 10_000);
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

it('ends with its session and leaves the others', async () => {
  const id = sessions.begin();
  const [mine, other] = await Promise.all([connect(id), connect(sessions.begin())]);
  const closed = once(mine, 'error');
  mine.resume();
  sessions.find(id)?.end();
  expect(await closed).toMatchObject([{ code: 'ECONNRESET' }]);
  await vi.waitFor(() => expect(console.listeners).toBe(1));
  other.resume();
  streams.cut();
  await once(other, 'error');
});

it('is use of its session, which ends all the same when time passes that it was not open', async () => {
  const id = sessions.begin();
  const client = await connect(id);
  const closed = once(client, 'error');
  let beats = 0;
  client.on('data', (chunk) => {
    beats += String(chunk).split(': still here').length - 1;
  });
  const hour = 60 * 60_000;
  for (let hours = 0; hours < 24; hours += 6) {
    now.mono += 6 * hour;
    const before = beats;
    await vi.waitFor(() => expect(beats).toBeGreaterThan(before + 1));
  }
  expect(sessions.find(id)).not.toBeNull();
  now.wall += 12 * hour; // as when the machine slept
  expect(await closed).toMatchObject([{ code: 'ECONNRESET' }]);
  expect(sessions.find(id)).toBeNull();
});
