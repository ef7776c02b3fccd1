/** Whether an address of WeChat's API can be reached: asked what needs no account, so that nothing is used up. */
import { exchange } from './exchange.ts';
import { readTokenReply } from './reply.ts';
import type { Fetch } from './wechat.ts';

/** Shorter than a token's call: a person is waiting. */
const WAITS = { connectTimeoutMs: 5000, answerTimeoutMs: 3000 };

export type Reach =
  | { readonly reached: true; readonly ms: number; readonly reason: null }
  | { readonly reached: false; readonly ms: null; readonly reason: string };

/**
 * Asks for a token without saying whose (`41002 appid missing`): only WeChat answers so. A sign-in page of a hotel
 * or a proxy's own error is not WeChat. `reason`: as a failed attempt's errmsg begins (`dns`, `tls`, `timeout`, …).
 */
export async function reach(fetch: Fetch, apiBase: string): Promise<Reach> {
  const url = `${new URL(apiBase).origin}/cgi-bin/token?grant_type=client_credential`;
  const started = performance.now();
  const answer = await exchange(fetch, { url, method: 'GET' }, WAITS, undefined);
  const ms = Math.round(performance.now() - started);
  if ('reason' in answer) return { reached: false, ms: null, reason: answer.reason };
  const reply = readTokenReply(answer.body, []);
  return reply.outcome === 'failed'
    ? { reached: false, ms: null, reason: reply.reason }
    : { reached: true, ms, reason: null };
}
