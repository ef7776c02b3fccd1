/**
 * WeChat's token API as the keeper sees it: a request out, a typed reply in.
 * Nothing here throws for what WeChat or the network does.
 */
import type { ErrorClass, TokenLine } from '../console/contract.ts';

/** The part of the web's `fetch` that is needed: Electron's `net.fetch`, undici's, or a test's. */
export type Fetch = (
  url: string,
  init: {
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    redirect: 'manual';
  },
) => Promise<Response>;

export interface TokenRequest {
  readonly line: TokenLine;
  readonly appId: string;
  readonly secret: string;
  /** An origin without a trailing slash, `https://api.weixin.qq.com`. */
  readonly apiBase: string;
  /** Stable line only: `force_refresh`. */
  readonly force: boolean;
}

/** How a reply that carries an errcode is treated; the table of design.md, "Rules of a token's life". */
export type ReplyClass = Exclude<ErrorClass, 'use'>;

/** Why there was no usable answer; every `failed` reply's errmsg begins with it and a colon. */
export type FailureReason =
  | 'dns'
  | 'connection-refused'
  | 'connection-lost'
  | 'timeout'
  | 'tls'
  | 'proxy'
  | 'proxy-variable'
  | 'offline'
  | 'network'
  | 'http-status'
  | 'redirect'
  | 'too-large'
  | 'unreadable';

export interface Granted {
  readonly outcome: 'granted';
  readonly accessToken: string;
  /** Seconds, a whole number from 1. */
  readonly expiresIn: number;
}

export interface Refused {
  readonly outcome: 'refused';
  readonly class: ReplyClass;
  readonly errcode: number;
  readonly errmsg: string;
  readonly rid: string | null;
  readonly hint: string | null;
  /** The caller's address as WeChat saw it, IPv4 out of `::ffff:`; null when it did not say. */
  readonly ip: string | null;
}

export interface Failed {
  readonly outcome: 'failed';
  readonly class: 'transient';
  readonly reason: FailureReason;
  /** `reason: detail`, in English, without the request's URL, a secret or a token. */
  readonly errmsg: string;
}

export interface Timing {
  /** Wall clock just before the request, ms. */
  readonly askedAt: number;
  readonly durationMs: number;
  /** WeChat's own clock, ms, from the rid or the Date header (to the second); null when it did not say. */
  readonly wechatClock: number | null;
}

export type TokenReply = Timing & (Granted | Refused | Failed);

/** What one cheap call with a token said (`/cgi-bin/get_api_domain_ip`). */
export type CheckReply = Timing & ({ readonly outcome: 'valid' } | Refused | Failed);

export interface Wechat {
  fetchToken(request: TokenRequest, signal?: AbortSignal): Promise<TokenReply>;
  checkToken(request: { apiBase: string; accessToken: string }, signal?: AbortSignal): Promise<CheckReply>;
}
