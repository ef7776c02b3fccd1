/** A real redis-server for a test: a process of its own, in a folder of its own, gone afterwards. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { selfSigned } from './certificate.ts';

export type RedisClient = Awaited<ReturnType<typeof connected>>;

export interface RedisOptions {
  /** Further arguments, such as `['--maxmemory', '2mb']`; without `--appendonly yes` a restart forgets all keys. */
  readonly args?: readonly string[];
  readonly port?: number;
  /** The password of the user `default`. */
  readonly password?: string;
  /** Answers TLS only, as `localhost`, with a certificate made now (`ca`). */
  readonly tls?: boolean;
}

export interface RedisServer {
  readonly port: number;
  /** With the password, for `createClient({ url })`. */
  readonly url: string;
  readonly pid: number;
  /** The server's own certificate, PEM; null without TLS. */
  readonly ca: string | null;
  /** Ends the process, its port stays this server's for `restart`; SIGKILL: without a good-bye. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Ends it unless it has ended, and starts it again on the same port in the same folder. */
  restart(): Promise<void>;
  /** A connected client (RESP2, as the console's own); ended by `stop`. */
  client(): Promise<RedisClient>;
  /** Ends the clients and the process, and removes the folder. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Why tests on a real Redis cannot run here; null when they can. Printed once, so that a skip is seen. */
export function whyNoRedis(): string | null {
  const { error } = spawnSync('redis-server', ['--version']);
  if (error === undefined) return null;
  const reason = 'redis-server is not installed: tests on a real Redis are skipped';
  console.warn(reason);
  return reason;
}

export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wtc-redis-'));
  const port = options.port ?? (await freePort());
  const tls = options.tls === true ? await certificateIn(folder) : null;
  const args = [
    ...['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--enable-debug-command', 'yes'],
    ...(tls === null ? ['--port', `${port}`] : ['--port', '0', '--tls-port', `${port}`, ...tls.args]),
    ...(options.password === undefined ? [] : ['--requirepass', options.password]),
    ...(options.args ?? []),
  ];
  const url = urlOf(port, options, tls !== null);
  const clients: RedisClient[] = [];
  let child = await start(args);

  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    // A server that a test has stopped with SIGSTOP takes no other signal.
    child.kill('SIGCONT');
    await gone;
  };
  return {
    port,
    url,
    get pid() {
      return child.pid ?? 0;
    },
    ca: tls?.cert ?? null,
    kill,
    restart: async () => {
      await kill();
      child = await start(args);
    },
    client: async () => {
      const client = await connected(url, tls?.cert);
      clients.push(client);
      return client;
    },
    stop: async (signal) => {
      for (const client of clients) if (client.isOpen) client.destroy();
      await kill(signal);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(url: string, ca: string | undefined) {
  const client =
    ca === undefined
      ? createClient({ url, RESP: 2 })
      : createClient({ url, RESP: 2, socket: { tls: true, ca } });
  // A server that a test takes away is no error of the test's own client: its commands say so themselves.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Starts the process; rejects with the server's own last words when it ends before it is ready. */
async function start(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ready = Promise.withResolvers<void>();
  // A test that fails half-way leaves no server behind.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.removeListener('exit', end));
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000);
      if (said.includes('Ready to accept connections')) ready.resolve();
    });
  }
  child.once('error', ready.reject);
  child.once('exit', (code) => ready.reject(new Error(`redis-server ended with ${code}: ${said}`)));
  await ready.promise;
  // Nothing of it keeps the test's own process from ending.
  child.unref();
  child.stdout.destroy();
  child.stderr.destroy();
  return child;
}

async function certificateIn(folder: string) {
  const { key, cert } = selfSigned('localhost');
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key, { mode: 0o600 })]);
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certFile];
  return { cert, args: [...files, '--tls-auth-clients', 'no'] };
}

function urlOf(port: number, { password }: RedisOptions, isTls: boolean): string {
  const user = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return isTls ? `rediss://${user}localhost:${port}` : `redis://${user}127.0.0.1:${port}`;
}

/** A port nobody listens on now. Below those that systems give out by themselves, so that it stays free over a restart. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (server.listening) await new Promise((closed) => server.close(closed));
    if (isFree) return port;
  }
}
