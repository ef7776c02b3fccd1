/** Requests to real servers, direct or by an HTTP proxy, failing by the names that Chromium's network uses. */

import type Electron from 'electron';
import { fetch as fetchBy, ProxyAgent } from 'undici';

const NAMES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ECONNRESET: 'ERR_CONNECTION_RESET',
  UND_ERR_SOCKET: 'ERR_CONNECTION_CLOSED',
  ENOTFOUND: 'ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'ERR_NAME_NOT_RESOLVED',
  ETIMEDOUT: 'ERR_CONNECTION_TIMED_OUT',
  UND_ERR_CONNECT_TIMEOUT: 'ERR_CONNECTION_TIMED_OUT',
  ENETUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  EHOSTUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'ERR_CERT_AUTHORITY_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'ERR_CERT_AUTHORITY_INVALID',
  CERT_HAS_EXPIRED: 'ERR_CERT_DATE_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'ERR_CERT_COMMON_NAME_INVALID',
};

/** An error and what caused it, outermost first. */
function chain(error: unknown): { readonly code?: unknown; readonly message: string }[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

function named(error: unknown): unknown {
  const all = chain(error);
  const code = all.map((one) => NAMES[String(one.code)]).find((name) => name !== undefined);
  if (code !== undefined) return new Error(`net::${code}`);
  if (all.some(({ message }) => message === 'bad port')) return new Error('net::ERR_UNSAFE_PORT');
  return error instanceof TypeError && all.length > 1
    ? new Error(`net::ERR_FAILED (${all.at(-1)?.message})`)
    : error;
}

type Fetch = (input: string | Request, init?: RequestInit) => Promise<Response>;

function through(uri: string, token: string | undefined): Fetch {
  // A plain request is sent through a tunnel as well, so that a refusal looks the same for both.
  const dispatcher = new ProxyAgent({ uri, ...(token !== undefined && { token }) });
  return (input, init) =>
    fetchBy(
      input as string,
      { ...init, dispatcher } as Parameters<typeof fetchBy>[1],
    ) as unknown as Promise<Response>;
}

/** A name and a password for whoever asks, or null. */
export type Login = (asking: Electron.AuthInfo) => Promise<readonly [name: string, password: string] | null>;
const NOBODY: Login = async () => null;

const asksForLogin = (error: unknown) => chain(error).some(({ message }) => message.includes('(407)'));

async function byProxy(uri: string, input: string | Request, init: RequestInit | undefined, login: Login) {
  const { hostname: host, port } = new URL(uri);
  let token: string | undefined;
  for (;;) {
    try {
      return await through(uri, token)(input, init);
    } catch (error) {
      if (!asksForLogin(error)) throw error;
      const asking = { isProxy: true, scheme: 'basic', host, port: Number(port) || 80, realm: '' };
      const known = await login(asking);
      // As a real Electron was seen to: the proxy's own answer is handed on.
      if (known === null) return new Response(null, { status: 407 });
      token = `Basic ${Buffer.from(known.join(':')).toString('base64')}`;
    }
  }
}

/** Electron's `net.fetch` rejects where the web's would return a redirect that is not followed. */
export async function fetchByProxy(
  { mode, proxyRules }: Electron.ProxyConfig,
  input: string | Request,
  init?: RequestInit,
  login = NOBODY,
): Promise<Response> {
  try {
    const isThrough = mode === 'fixed_servers' && proxyRules !== undefined;
    const response = await (isThrough ? byProxy(proxyRules, input, init, login) : fetch(input, init));
    if (
      init?.redirect === 'manual' &&
      response.status >= 300 &&
      response.status < 400 &&
      response.status !== 304
    ) {
      throw new Error('Redirect was cancelled');
    }
    return response;
  } catch (error) {
    throw named(error);
  }
}
