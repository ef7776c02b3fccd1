/** WeChat's token API over a `fetch`: builds the request, times the exchange, hands the answer to reply.ts. */
import { clockOf } from './errmsg.ts';
import { type Answer, type Call, exchange } from './exchange.ts';
import { failed, readCheckReply, readTokenReply } from './reply.ts';
import type { Failed, Fetch, Refused, Timing, TokenRequest, Wechat } from './wechat.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface WechatOptions {
  readonly fetch: Fetch;
  /** Wall clock, ms since the epoch. */
  readonly clock: () => number;
  readonly connectTimeoutMs?: number;
  readonly answerTimeoutMs?: number;
}

/**
 * WeChat as the keeper sees it. An answer has 15 s to connect and 5 s to begin, together, then 5 s to end.
 * Rejects with a TypeError, before anything is sent, for an apiBase that is not an https origin (http on
 * loopback only): the contract refuses those, so it is a programmer's error.
 */
export function createWechat(options: WechatOptions): Wechat {
  const { fetch, clock, connectTimeoutMs = 15_000, answerTimeoutMs = 5_000 } = options;

  async function ask<Reply extends { outcome: string } | Refused>(
    call: Call,
    read: (body: string) => Reply | Failed,
    signal: AbortSignal | undefined,
  ): Promise<Timing & (Reply | Failed)> {
    const askedAt = clock();
    const started = performance.now();
    const answer = await exchange(fetch, call, { connectTimeoutMs, answerTimeoutMs }, signal);
    const durationMs = Math.round(performance.now() - started);
    const reply = 'reason' in answer ? failed(answer) : readUnder(answer, read);
    // A failure may be a stranger's answer, a sign-in page's for one: its Date is not WeChat's clock.
    const trusted = 'reason' in answer || reply.outcome === 'failed' ? null : answer.date;
    return {
      ...reply,
      askedAt,
      durationMs,
      wechatClock: clockOf('rid' in reply ? reply.rid : null, trusted),
    };
  }

  return {
    async fetchToken(request, signal) {
      return ask(tokenCall(request), (body) => readTokenReply(body, [request.secret]), signal);
    },
    async checkToken({ apiBase, accessToken }, signal) {
      const query = new URLSearchParams({ access_token: accessToken });
      const url = `${originOf(apiBase)}/cgi-bin/get_api_domain_ip?${query}`;
      return ask({ url, method: 'GET' }, (body) => readCheckReply(body, [accessToken]), signal);
    },
  };
}

/** Under a status that is not WeChat's, a refusal is read all the same; nothing else is believed. */
function readUnder<Reply extends { outcome: string } | Refused>(
  { body, status }: Answer,
  read: (body: string) => Reply | Failed,
): Reply | Failed {
  const reply = read(body);
  return status === null || reply.outcome === 'refused' ? reply : failed(status);
}

function tokenCall({ line, appId, secret, apiBase, force }: TokenRequest): Call {
  const credential = { grant_type: 'client_credential', appid: appId, secret };
  const origin = originOf(apiBase);
  return line === 'stable'
    ? {
        url: `${origin}/cgi-bin/stable_token`,
        method: 'POST',
        body: JSON.stringify({ ...credential, force_refresh: force }),
      }
    : { url: `${origin}/cgi-bin/token?${new URLSearchParams(credential)}`, method: 'GET' };
}

function originOf(apiBase: string): string {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!url || !safe || url.href !== `${url.origin}/`) {
    throw new TypeError('apiBase must be an https origin, or http on this machine');
  }
  return url.origin;
}
