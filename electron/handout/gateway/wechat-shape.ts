/**
 * `/cgi-bin/token` and `/cgi-bin/stable_token` as WeChat answers them, with a client key in place of the AppSecret:
 * an SDK that can be pointed here needs no other change. Always HTTP 200; the texts are WeChat's, with no rid, as
 * WeChat has seen nothing. Both give the account's one token, whatever its line.
 * Source: developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken and its neighbours
 */
import type { IncomingMessage } from 'node:http';
import type { AccountView } from '../../console/contract.ts';
import { type Answer, json, secondsLeft } from './answers.ts';
import type { GatewayClient } from './clients-port.ts';
import type { Door } from './door.ts';
import { type GatewayParts, isAnswer, tokenFor } from './tokens.ts';

type Fields = Readonly<Record<string, unknown>>;

const TEXTS = {
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  41002: 'appid missing',
  41004: 'appsecret missing',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  47001: 'data format error',
} as const;

export function refuse(errcode: keyof typeof TEXTS): Answer {
  return json(200, `{"errcode":${errcode},"errmsg":"${TEXTS[errcode]}"}`);
}

/** SDKs cache a token for as long as they are told to; WeChat honours a replaced one for 300 s, and their margins differ. */
const LONGEST_CACHE_SECONDS = 270;
/** PowerWeChat takes 0 for two hours; so nothing is given in a token's last moments. */
const SHORTEST_CACHE_SECONDS = 5;

/** Phases that end only when a person acts. */
const LASTING: ReadonlySet<AccountView['phase']> = new Set(['refused', 'awaiting-admin', 'needs-attention']);

/**
 * Why there is no token. What lasts is told by its own errcode, WeChat's last one where there is one: an SDK takes -1
 * for "try again" (WxJava for 31 s in the caller's thread) and its user never sees the text.
 */
export function noUsableToken(view: AccountView | undefined): Answer {
  const last = view?.lastAttempt ?? null;
  const rid = last?.rid ? ` rid: ${last.rid}` : '';
  if (view && LASTING.has(view.phase) && last?.errcode) {
    return reply(last.errcode, `${last.errmsg ?? ''}${rid}; the token console waits for a person`);
  }
  if (view?.secret === 'missing' || view?.secret === 'locked') {
    return reply(41004, `${TEXTS[41004]}: the token console has none for this account (${view.secret})`);
  }
  if (view?.phase === 'paused')
    return reply(50002, 'user limited: the account is paused in the token console');
  const said = last?.errcode ? `, WeChat last answered ${last.errcode}${rid}` : '';
  return reply(-1, `system error: the console holds no usable token${said}`);
}

function reply(errcode: number, errmsg: string): Answer {
  return json(200, JSON.stringify({ errcode, errmsg }));
}

function textOf(field: unknown): string {
  return typeof field === 'string' ? field : '';
}

/** The client and AppID of a request that is in order, or WeChat's refusal; an AppID is only told from another with a right key. */
function understand(
  door: Door,
  fields: Fields,
  message: IncomingMessage,
): Answer | { readonly client: GatewayClient; readonly appId: string } {
  if (fields.grant_type !== 'client_credential') return refuse(40002);
  const appId = textOf(fields.appid);
  const key = textOf(fields.secret);
  if (appId === '') return refuse(41002);
  if (key === '') return refuse(41004);
  const entry = door.tryKey(key, message);
  if (entry.client !== null) return { client: entry.client, appId };
  return refuse(entry.waitMs === 0 ? 40125 : 45011);
}

/** Either endpoint; `force` is the stable line's force_refresh: a passive refresh, with the same guard. */
async function grant(
  parts: GatewayParts,
  { client, appId }: { readonly client: GatewayClient; readonly appId: string },
  force: boolean,
): Promise<Answer> {
  const { desk, clients, clock, metrics } = parts;
  const found = tokenFor(parts, client, appId);
  if (found !== null && isAnswer(found)) return refuse(40013);
  let token = found;
  if (token !== null && force) {
    const renewal = await desk.renew(appId, token.accessToken, client.name);
    metrics.passive(appId, renewal.result);
    // Where no call was made the old token is given again, as WeChat does when it is forced too soon.
    if (renewal.result === 'declined') token = desk.token(appId) ?? null;
    else token = renewal.result === 'no-token' ? null : renewal.token;
  }
  const left = token === null ? 0 : secondsLeft(token, clock());
  const given = left < SHORTEST_CACHE_SECONDS ? null : token;
  clients.noteUse(client, appId, given?.fingerprint ?? null);
  if (given === null) return noUsableToken(desk.view(appId));
  const accessToken = JSON.stringify(given.accessToken);
  return json(200, `{"access_token":${accessToken},"expires_in":${Math.min(left, LONGEST_CACHE_SECONDS)}}`);
}

export function plainToken(
  parts: GatewayParts,
  door: Door,
  query: Fields,
  message: IncomingMessage,
): Answer | Promise<Answer> {
  const asked = understand(door, query, message);
  return 'status' in asked ? asked : grant(parts, asked, false);
}

function read(body: unknown): { readonly fields: Fields } | { readonly refusal: Answer } {
  const sent = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  if (sent.trim() === '') return { refusal: refuse(44002) };
  try {
    const parsed: unknown = JSON.parse(sent);
    if (typeof parsed === 'object' && parsed !== null) return { fields: { ...parsed } };
  } catch {
    // Answered below, like JSON that is no object.
  }
  return { refusal: refuse(47001) };
}

export function stableToken(
  parts: GatewayParts,
  door: Door,
  body: unknown,
  message: IncomingMessage,
): Answer | Promise<Answer> {
  const sent = read(body);
  if ('refusal' in sent) return sent.refusal;
  const asked = understand(door, sent.fields, message);
  return 'status' in asked ? asked : grant(parts, asked, sent.fields.force_refresh === true);
}
