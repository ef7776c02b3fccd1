/**
 * The part of `fetch` that is needed, over `net.request`. `net.fetch` has no way to answer a proxy that asks who this
 * is: its requests emit `login` on themselves, where nobody listens, and never on `app` (electron#44249; electron.d.ts
 * says of the app's event "when webContents or Utility process wants to do basic auth").
 */
import { Readable } from 'node:stream';
import { type AuthInfo, type ClientRequest, type IncomingMessage, net, type Session } from 'electron';
import type { Fetch } from '../wechat/wechat.ts';

/** Name and password for whoever asks; null: none, and the call fails. */
export type Login = (
  asking: Pick<AuthInfo, 'isProxy' | 'host' | 'port'>,
) => readonly [username: string, password: string] | null;

/** Without the browser's memory: no cookies, no cache, and never by the page's own scheme. */
export const PLAIN = { credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true } as const;

/** `session` undefined: the default one. A redirection is not followed: it rejects. */
export function requestingFetch(login: Login, session?: Session): Fetch {
  return (url, { method, headers, body, signal }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    if (signal.aborted) return Promise.reject(signal.reason);
    const request = net.request({ ...PLAIN, url, method, redirect: 'error', ...(session && { session }) });
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    answerOnce(request, login);
    request.on('response', (response) => resolve(responseOf(response)));
    request.on('error', reject);
    const giveUp = () => {
      request.abort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    request.once('close', () => signal.removeEventListener('abort', giveUp));
    request.end(body);
    return promise;
  };
}

/** Once a call: a password that is wrong would be asked for without end. */
function answerOnce(request: ClientRequest, login: Login): void {
  let isAnswered = false;
  request.on('login', (asking, answer) => {
    const known = isAnswered ? null : login(asking);
    isAnswered = true;
    if (known) answer(...known);
    else answer();
  });
}

/** Statuses that a Response may not have a body with. */
const BODILESS = new Set([204, 205, 304]);

function responseOf(message: IncomingMessage): Response {
  const { statusCode: status, headers: given } = message;
  const headers = Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]);
  const body = BODILESS.has(status) ? null : Readable.toWeb(message as unknown as Readable);
  return new Response(body as ReadableStream | null, { status, headers });
}
