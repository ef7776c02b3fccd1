import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../electron/wechat/failure.ts';

const SECRET = 'sandbox-secret-of-shop';
const coded = (code: string, message = `GET /cgi-bin/token?secret=${SECRET}`) =>
  Object.assign(new Error(message), { code });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('Node’s and undici’s codes', () => {
  it.each([
    ['dns', 'ENOTFOUND'],
    ['dns', 'EAI_AGAIN'],
    ['connection-refused', 'ECONNREFUSED'],
    ['connection-lost', 'ECONNRESET'],
    ['connection-lost', 'EPIPE'],
    ['connection-lost', 'UND_ERR_SOCKET'],
    ['timeout', 'UND_ERR_CONNECT_TIMEOUT'],
    ['timeout', 'UND_ERR_HEADERS_TIMEOUT'],
    ['timeout', 'UND_ERR_BODY_TIMEOUT'],
    ['timeout', 'ETIMEDOUT'],
    ['tls', 'CERT_HAS_EXPIRED'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['tls', 'EPROTO'],
    ['offline', 'ENETUNREACH'],
    ['offline', 'EHOSTUNREACH'],
    ['proxy', 'UND_ERR_PRX_TLS'],
    ['proxy', 'UND_ERR_SOCKS5_REPLY_1'],
    ['proxy', 'UND_ERR_SOCKS5_AUTH_FAILED'],
    ['proxy', 'ERR_PROXY_CONNECTION_FAILED'],
    ['proxy-variable', 'ERR_PROXY_NOT_A_URL'],
    ['too-large', 'UND_ERR_HEADERS_OVERFLOW'],
    ['unreadable', 'HPE_INVALID_CONSTANT'],
    ['network', 'UND_ERR_DESTROYED'],
    ['network', 'EMFILE'],
  ])('%s: %s', (reason, code) => {
    expect(failureOf(fetchFailed(coded(code)))).toEqual({ reason, detail: code });
    expect(failureOf(coded(code))).toEqual({ reason, detail: code });
  });

  it('reads the status a proxy refused with', () => {
    const aborted = coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling');
    expect(failureOf(fetchFailed(aborted))).toEqual({ reason: 'proxy', detail: 'HTTP 407' });
    const denied = coded('UND_ERR_INVALID_ARG', 'Proxy Authentication Required (407)');
    expect(failureOf(fetchFailed(denied))).toEqual({ reason: 'proxy', detail: 'HTTP 407' });
    expect(failureOf(coded('UND_ERR_ABORTED', 'Request aborted'))).toEqual({
      reason: 'network',
      detail: 'UND_ERR_ABORTED',
    });
  });
});

describe('Chromium’s net errors', () => {
  it.each([
    ['dns', 'ERR_NAME_NOT_RESOLVED'],
    ['offline', 'ERR_INTERNET_DISCONNECTED'],
    ['connection-refused', 'ERR_CONNECTION_REFUSED'],
    ['connection-lost', 'ERR_CONNECTION_RESET'],
    ['connection-lost', 'ERR_CONNECTION_CLOSED'],
    ['connection-lost', 'ERR_CONTENT_LENGTH_MISMATCH'],
    ['timeout', 'ERR_TIMED_OUT'],
    ['timeout', 'ERR_CONNECTION_TIMED_OUT'],
    ['tls', 'ERR_CERT_AUTHORITY_INVALID'],
    ['tls', 'ERR_SSL_PROTOCOL_ERROR'],
    ['proxy', 'ERR_PROXY_AUTH_UNSUPPORTED'],
    ['proxy', 'ERR_TUNNEL_CONNECTION_FAILED'],
    ['unreadable', 'ERR_INVALID_HTTP_RESPONSE'],
    ['network', 'ERR_FAILED'],
  ])('%s: net::%s', (reason, code) => {
    expect(failureOf(new Error(`net::${code}`))).toEqual({ reason, detail: code });
  });

  it('knows a refused redirect, which has words only', () => {
    const redirect = { reason: 'redirect', detail: 'not followed' };
    expect(failureOf(new Error('Redirect was cancelled'))).toEqual(redirect);
    expect(failureOf(new TypeError("Attempted to redirect, but redirect policy was 'error'"))).toEqual(
      redirect,
    );
  });
});

describe('errors within errors', () => {
  it('takes the telling attempt of several', () => {
    const both = new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]);
    expect(failureOf(fetchFailed(Object.assign(both, { code: 'ENETUNREACH' })))).toEqual({
      reason: 'connection-refused',
      detail: 'ECONNREFUSED',
    });
    expect(failureOf(new AggregateError([coded('ENETUNREACH'), coded('EMFILE')])).reason).toBe('offline');
  });

  it('takes the outer word over its cause', () => {
    const proxy = Object.assign(new Error('x', { cause: coded('ECONNREFUSED') }), {
      code: 'ERR_PROXY_CONNECTION_FAILED',
    });
    expect(failureOf(fetchFailed(proxy)).reason).toBe('proxy');
  });

  it('ends on a cause that is its own cause', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(failureOf(loop)).toEqual({ reason: 'network', detail: 'unknown error' });
  });
});

it('knows an abort and a time-out by name', () => {
  expect(failureOf(new DOMException('gone', 'AbortError'))).toEqual({ reason: 'network', detail: 'aborted' });
  expect(failureOf(new DOMException('late', 'TimeoutError')).reason).toBe('timeout');
});

it('takes anything and never passes a message on', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (thing, words) => {
      const message = `${words} https://user:${SECRET}@proxy.example/?secret=${SECRET}`;
      for (const thrown of [
        thing,
        new Error(message, { cause: thing }),
        coded(SECRET, message),
        Object.assign(new Error(message), { name: SECRET, code: thing }),
      ]) {
        const { reason, detail } = failureOf(thrown);
        expect(`${reason}: ${detail}`).not.toContain(SECRET);
      }
    }),
  );
});
