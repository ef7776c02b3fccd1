/**
 * Load for the gateway's figures: so many connections, one request at a time on each, over bare sockets, so that
 * the client costs less than the server. autocannon counts whole milliseconds, in which every p99 here is 0.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly perSecond: number;
  /** ms. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 200. */
  readonly errors: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
}

const HEAD_END = '\r\n\r\n';

/** The length of the first whole answer in `text`, 0 while it is not whole; all that is measured here is ASCII. */
function wholeAnswer(text: string): number {
  const head = text.indexOf(HEAD_END);
  if (head === -1) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  if (length === undefined) throw new Error('an answer came without its length');
  const end = head + HEAD_END.length + Number(length);
  return text.length >= end ? end : 0;
}

interface Tally {
  readonly latencies: number[];
  errors: number;
}

/** Asks again and again over one connection until `until`, by the monotonic clock. */
function ask(url: URL, bytes: string, until: number, tally: Tally): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(Number(url.port), url.hostname);
  let text = '';
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    socket.write(bytes);
  };
  socket.setNoDelay().setEncoding('latin1').once('connect', send);
  socket.once('error', reject).once('close', () => resolve());
  socket.on('data', (chunk: string) => {
    text += chunk;
    const end = wholeAnswer(text);
    if (end === 0) return;
    const now = performance.now();
    tally.latencies.push(now - sentAt);
    if (!text.startsWith('HTTP/1.1 200')) tally.errors += 1;
    text = text.slice(end);
    if (now < until) send();
    else socket.destroy();
  });
  return promise;
}

/** Rejects when a connection fails or an answer has no length. */
export async function load(address: string, key: string, options: LoadOptions): Promise<Load> {
  const url = new URL(address);
  const bytes = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${key}${HEAD_END}`;
  const tally: Tally = { latencies: [], errors: 0 };
  const since = performance.now();
  const until = since + options.seconds * 1000;
  await Promise.all(Array.from({ length: options.connections }, () => ask(url, bytes, until, tally)));
  const took = (performance.now() - since) / 1000;
  const sorted = Float64Array.from(tally.latencies).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: sorted.length / took, p50: at(0.5), p99: at(0.99), errors: tally.errors };
}

/** Many clients with a connection each, open and idle, that all ask at once. */
export class Crowd {
  readonly #url: URL;
  readonly #key: string;
  readonly #sockets: Socket[] = [];

  constructor(address: string, key: string) {
    this.#url = new URL(address);
    this.#key = key;
  }

  async open(connections: number): Promise<void> {
    for (let n = 0; n < connections; n++) {
      const socket = connect(Number(this.#url.port), this.#url.hostname);
      await once(socket.setNoDelay().setEncoding('latin1'), 'connect');
      this.#sockets.push(socket);
    }
  }

  /** Posts `body` over every connection; resolves with the answers' bodies when the last one is there. */
  async post(path: string, body: string): Promise<string[]> {
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${this.#url.host}`,
      `Authorization: Bearer ${this.#key}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ].join('\r\n');
    return Promise.all(this.#sockets.map((socket) => answerTo(socket, `${head}${HEAD_END}${body}`)));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

function answerTo(socket: Socket, bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  const hear = (chunk: string) => {
    text += chunk;
    if (wholeAnswer(text) === 0) return;
    socket.off('data', hear).off('error', reject).off('close', lost);
    if (text.startsWith('HTTP/1.1 200')) resolve(text.slice(text.indexOf(HEAD_END) + HEAD_END.length));
    else reject(new Error(text.slice(0, 40)));
  };
  const lost = () => reject(new Error('the connection ended'));
  socket.on('data', hear).once('error', reject).once('close', lost);
  socket.write(bytes);
  return promise;
}
