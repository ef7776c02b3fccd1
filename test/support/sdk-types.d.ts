/** What the tests use of SDKs that come without types. */
declare module 'co-wechat-api' {
  interface Kept {
    readonly accessToken: string;
    /** ms since the epoch. */
    readonly expireTime: number;
  }
  class API {
    constructor(
      appid: string,
      appsecret: string,
      getToken?: () => Promise<Kept | null | undefined>,
      saveToken?: (token: Kept | null) => Promise<void>,
      tokenFromCustom?: boolean,
    );
    /** `https://api.weixin.qq.com/cgi-bin/` unless it is set. */
    prefix: string;
    saveToken(token: Kept | null): Promise<void>;
    ensureAccessToken(): Promise<Kept>;
    getAccessToken(): Promise<Kept>;
    getIp(): Promise<{ readonly ip_list: readonly string[] }>;
  }
  export default API;
}

declare module 'wechat-api' {
  interface Kept {
    readonly accessToken: string;
    /** ms since the epoch. */
    readonly expireTime: number;
  }
  type Done<T> = (error: Error | null, value: T) => void;
  class API {
    constructor(
      appid: string,
      appsecret: string,
      getToken?: (done: Done<Kept | null | undefined>) => void,
      saveToken?: (token: Kept, done: (error: Error | null) => void) => void,
    );
    /** `https://api.weixin.qq.com` unless it is set. */
    endpoint: string;
    /** A domain, perhaps with a port; always over https. */
    setEndpoint(domain: string): void;
    setOpts(options: object): void;
    getLatestToken(done: Done<Kept>): void;
    getAccessToken(done: Done<Kept>): void;
  }
  export default API;
}

/** express 5 has no types of its own; these are the parts of it a hand-made token server needs. */
declare module 'express' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  interface Request extends IncomingMessage {
    get(header: string): string | undefined;
    readonly params: Readonly<Record<string, string>>;
  }
  interface Response extends ServerResponse {
    status(code: number): this;
    json(body: unknown): this;
  }
  type App = RequestListener & {
    get(path: string, handler: (request: Request, response: Response) => unknown): void;
  };
  export default function express(): App;
}

declare module 'autocannon' {
  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly pipelining: number;
    /** Seconds. */
    readonly duration: number;
    readonly headers?: Readonly<Record<string, string>>;
  }
  interface Result {
    readonly requests: { readonly average: number; readonly total: number };
    /** ms. */
    readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
    readonly errors: number;
    readonly non2xx: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
