/**
 * Node's way out, for the headless console: undici with the proxy variables of the environment. Electron
 * has its own (`net.fetch`), which follows the system's proxy settings.
 */
import type { buildConnector } from 'undici';
import type { Fetch } from './wechat.ts';

const NEVER_PROXIED = 'localhost,127.0.0.1,[::1]';

export interface NodeFetchOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read, in either case; lower case wins, as in curl. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly connectTimeoutMs?: number;
  readonly answerTimeoutMs?: number;
}

/** Through which proxy calls go: the environment's, none, or the one that is named. */
export type NodeProxy =
  | { readonly mode: 'system' | 'none' }
  | {
      readonly mode: 'manual';
      readonly url: string;
      readonly username: string | null;
      readonly password: string | null;
    };

export interface NodeFetch {
  readonly fetch: Fetch;
  /** From now on calls go this way; those under way end as they began. */
  use(proxy: NodeProxy): void;
  /** Loads, in the background, what the first call needs; without it that call takes some 80 ms longer. */
  prepare(): void;
  /** Closes every connection; a call still under way fails. */
  close(): Promise<void>;
}

interface Line {
  readonly fetch: Fetch;
  /** Lets calls under way end. */
  retire(): Promise<void>;
  destroy(): Promise<void>;
}

/**
 * A fetch with 15 s to connect, 5 s for the headers and 5 s between parts of the body. Proxy variables are
 * read at the first call; a proxy that is wrong or not there makes calls reject with an `ERR_PROXY_…` code.
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  let proxy: NodeProxy = { mode: 'system' };
  let line: Promise<Line> | null = null;
  const ready = () => {
    line ??= openLine(options, proxy);
    return line;
  };
  return {
    use(next) {
      if (JSON.stringify(next) === JSON.stringify(proxy)) return;
      proxy = next;
      // A line that could not be opened has nothing to retire; the next call opens another.
      line?.then((old) => old.retire()).catch(() => undefined);
      line = null;
    },
    async fetch(url, init) {
      return (await ready()).fetch(url, init);
    },
    prepare() {
      ready().catch(() => undefined); // the first call says what is wrong
    },
    async close() {
      await (await line?.catch(() => null))?.destroy();
    },
  };
}

async function openLine(options: NodeFetchOptions, proxy: NodeProxy): Promise<Line> {
  const { env = process.env, connectTimeoutMs = 15_000, answerTimeoutMs = 5_000 } = options;
  // Here, not at the top: undici takes a while to load, and no window should wait for it.
  const undici = await import('undici');
  const connect = { timeout: connectTimeoutMs };
  const dispatcher = throughProxy(
    () =>
      new undici.EnvHttpProxyAgent({
        ...proxiesOf(proxy, env),
        connect,
        requestTls: connect,
        headersTimeout: answerTimeoutMs,
        bodyTimeout: answerTimeoutMs,
        // A CONNECT is answered when the proxy has itself connected.
        clientFactory: (origin) =>
          new undici.Pool(origin, {
            connect: asProxy(undici.buildConnector(connect)),
            headersTimeout: connectTimeoutMs,
          }),
      }),
  );
  return {
    fetch: (url, init) => undici.fetch(url, { ...init, dispatcher }) as unknown as Promise<Response>,
    retire: () => dispatcher.close(),
    destroy: () => dispatcher.destroy(),
  };
}

/** As undici reads them: HTTP_PROXY serves https too where there is no HTTPS_PROXY. Loopback is never proxied. */
function proxiesOf(proxy: NodeProxy, env: NonNullable<NodeFetchOptions['env']>) {
  if (proxy.mode === 'none') return { httpProxy: '', httpsProxy: '', noProxy: '*' };
  if (proxy.mode === 'manual') {
    const url = new URL(proxy.url);
    if (proxy.username !== null) url.username = encodeURIComponent(proxy.username);
    if (proxy.password !== null) url.password = encodeURIComponent(proxy.password);
    return { httpProxy: url.href, httpsProxy: url.href, noProxy: NEVER_PROXIED };
  }
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? '';
  return {
    httpProxy: proxyUrl(env.http_proxy ?? env.HTTP_PROXY ?? ''),
    httpsProxy: proxyUrl(env.https_proxy ?? env.HTTPS_PROXY ?? ''),
    noProxy: noProxy.trim() === '*' ? '*' : `${noProxy},${NEVER_PROXIED}`,
  };
}

/** `host:port` is taken for http, as curl does. Throws where a `#` or `?` that is not encoded ends the host early. */
function proxyUrl(value: string): string {
  if (value === '') return value;
  const url = value.includes('://') ? value : `http://${value}`;
  if (/[#?]/.test(url)) throw new Error('an unencoded sign');
  return url;
}

/** A proxy variable that is no proxy's URL; it may hold a password, so the error does not repeat it. */
function throughProxy<T>(open: () => T): T {
  try {
    return open();
  } catch {
    throw proxyError('ERR_PROXY_NOT_A_URL');
  }
}

/** Tells a proxy that cannot be reached from a WeChat that cannot. */
function asProxy(dial: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    dial(options, (error, socket) =>
      error === null ? callback(null, socket) : callback(proxyError('ERR_PROXY_CONNECTION_FAILED'), null),
    );
}

function proxyError(code: string): Error {
  return Object.assign(new Error('the proxy cannot be used'), { code });
}
