/**
 * Why a request got no answer, from whatever `fetch` threw: Node's and undici's error codes, Chromium's net
 * errors (Electron). Pure. Never passes a message on: it may carry the URL, and with it the AppSecret.
 */
import type { FailureReason } from './wechat.ts';

/** Why there is no usable answer; `detail` is made of fixed words and error codes only. */
export interface Failure {
  readonly reason: FailureReason;
  readonly detail: string;
}

/** Codes of Node, OpenSSL, llhttp, undici, and of Chromium's `net::…` list without that prefix. */
const REASONS: readonly (readonly [FailureReason, RegExp])[] = [
  ['proxy-variable', /^ERR_PROXY_NOT_A_URL$/],
  [
    'proxy',
    /^(ERR_(PROXY|SOCKS|MANDATORY_PROXY)_\w+|ERR_TUNNEL_CONNECTION_FAILED|UND_ERR_(PRX_TLS|SOCKS5\w*))$/,
  ],
  ['dns', /^(ENOTFOUND|ENODATA|EAI_\w+|ERR_NAME_\w+|ERR_DNS_\w+)$/],
  ['connection-refused', /^(ECONNREFUSED|ERR_CONNECTION_REFUSED)$/],
  [
    'timeout',
    /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ERR_(CONNECTION_)?TIMED_OUT|TimeoutError)$/,
  ],
  [
    'tls',
    /^(CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH|EPROTO|ERR_(TLS|SSL|CERT|OSSL)_\w+)$/,
  ],
  ['offline', /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE)$/],
  [
    'connection-lost',
    /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_NETWORK_(CHANGED|IO_SUSPENDED))$/,
  ],
  ['too-large', /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW|ERR_RESPONSE_HEADERS_TOO_BIG)$/],
  ['unreadable', /^(HPE_\w+|HTTPParserError|ERR_INVALID_HTTP_RESPONSE|ERR_INVALID_CHUNKED_ENCODING)$/],
];

/** What may be shown of a code that is not in the list above. */
const ERROR_CODE = /^(E[A-Z0-9]{2,20}|(ERR|UND_ERR)(_[A-Z0-9]+){1,6})$/;
const NET_ERROR = /\bnet::(ERR_[A-Z0-9_]{1,60})/;
const PROXY_ANSWER = /^Proxy (?:response|Authentication Required) \((\d{3})\)/;
/** Electron's `net.fetch` rejects where the web's fetch would return the redirect. */
const REDIRECT = /\bredirect/i;
const DEPTH = 6;
const BREADTH = 8;

/** The reason behind anything thrown by a fetch; `network` when nothing is known. */
export function failureOf(thrown: unknown): Failure {
  const found = [...failuresIn(thrown, DEPTH)];
  // With both families tried, IPv6 often has no route while the IPv4 attempt says what is really wrong.
  const telling = found.find(({ reason }) => reason !== 'offline' && reason !== 'network');
  return telling ?? found[0] ?? { reason: 'network', detail: 'unknown error' };
}

/** What an error says, the most telling first: each attempt of an AggregateError, the error itself, its cause. */
function* failuresIn(thrown: unknown, depth: number): Generator<Failure> {
  if (typeof thrown !== 'object' || thrown === null || depth === 0) return;
  const error: { errors?: unknown; cause?: unknown } = thrown;
  if (Array.isArray(error.errors)) {
    for (const each of error.errors.slice(0, BREADTH)) yield* failuresIn(each, depth - 1);
  }
  const own = ownFailure(thrown);
  if (own !== null) yield own;
  yield* failuresIn(error.cause, depth - 1);
}

function ownFailure(error: { name?: unknown; code?: unknown; message?: unknown }): Failure | null {
  const message = typeof error.message === 'string' ? error.message : '';
  const proxyStatus = PROXY_ANSWER.exec(message)?.[1];
  if (proxyStatus !== undefined) return { reason: 'proxy', detail: `HTTP ${proxyStatus}` };
  const code = [error.code, NET_ERROR.exec(message)?.[1], error.name].find(isTelling);
  if (code !== undefined) return { reason: reasonOf(code) ?? 'network', detail: code };
  if (error.name === 'AbortError') return { reason: 'network', detail: 'aborted' };
  return REDIRECT.test(message) ? { reason: 'redirect', detail: 'not followed' } : null;
}

function isTelling(code: unknown): code is string {
  return typeof code === 'string' && (reasonOf(code) !== null || ERROR_CODE.test(code));
}

function reasonOf(code: string): FailureReason | null {
  return REASONS.find(([, codes]) => codes.test(code))?.[0] ?? null;
}
