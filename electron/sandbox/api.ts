/**
 * WeChat's endpoints, from a request to what is answered, without transport. In the order of the checks, and
 * where the pages are silent, this is one plausible WeChat.
 * Source: developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken and its neighbours
 */
import type { TokenLine } from '../console/contract.ts';
import type { Account, Standing } from './account.ts';
import { dayOf, minuteOf, monthOf, NOTHING_SPENT, spend, spentIn } from './budget.ts';
import { knock, UNASKED } from './consent.ts';
import { issue, kept, secondsLeft, verdict } from './line.ts';
import type { Refusal } from './refusal.ts';
import { isListed } from './whitelist.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

type Granted = { readonly access_token: string; readonly expires_in: number };
type Success =
  | Granted
  | { readonly errcode: 0; readonly errmsg: 'ok' }
  | { readonly ip_list: readonly string[] };
export type ApiReply = Success | Refusal;

/** What an endpoint works on: the accounts, the moment, and where a new token comes from. */
export interface Platform {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly now: number;
  ipOf(account: Account): string;
  newToken(): string;
}

type Fields = Readonly<Record<string, unknown>>;

interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Where the parameters are; `either` is clear_quota/v2, whose pages disagree. */
  readonly reads: 'query' | 'body' | 'either';
  readonly asksToken?: true;
  answer(platform: Platform, fields: Fields, accessToken: string): ApiReply;
}

/** Every token here has this length and these letters; anything else is garbled (40014). */
export const TOKEN_LENGTH = 136;
const TOKEN_FORM = /^[\w-]+$/;

const FORCED_A_DAY = 20;
const FORCED_APART_MS = 30_000;
const CLEARED_A_MONTH = 10;
const DAILY: Readonly<Record<TokenLine, number>> = { standard: 2000, stable: 500_000 };
const A_MINUTE: Readonly<Record<TokenLine, number>> = { standard: Number.POSITIVE_INFINITY, stable: 10_000 };
const DONE = { errcode: 0, errmsg: 'ok' } as const;

const STANDING: Readonly<Record<Exclude<Standing, 'good'>, number>> = {
  'secret-frozen': 40243,
  'account-frozen': 50007,
  barred: 50004,
  'third-party': 61024,
};

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['/cgi-bin/token', { method: 'GET', reads: 'query', asksToken: true, answer: askToken('standard') }],
  ['/cgi-bin/stable_token', { method: 'POST', reads: 'body', asksToken: true, answer: askToken('stable') }],
  ['/cgi-bin/get_api_domain_ip', { method: 'GET', reads: 'query', answer: listApiIps }],
  ['/cgi-bin/clear_quota', { method: 'POST', reads: 'body', answer: clearQuota }],
  ['/cgi-bin/clear_quota/v2', { method: 'POST', reads: 'either', answer: clearQuotaBySecret }],
]);

/** A call as far as it can be understood without judging it. */
export interface Call {
  readonly account: Account | null;
  readonly asksToken: boolean;
  readonly force: boolean;
  /** Carries it out: answers it and changes the account. Never throws for what a caller sends. */
  answer(): ApiReply;
}

export function understand(platform: Platform, request: ApiRequest): Call {
  const endpoint = ENDPOINTS.get(request.path);
  if (endpoint === undefined) return misunderstood({ errcode: 40066 });
  const { method } = endpoint;
  if (request.method !== method) return misunderstood({ errcode: method === 'GET' ? 43001 : 43002 });
  const parameters = read(endpoint, request);
  if ('refusal' in parameters) return misunderstood(parameters.refusal);
  const { fields } = parameters;
  const accessToken = request.query.get('access_token') ?? '';
  const named = platform.accounts.get(text(fields.appid));
  return {
    account: named ?? holder(platform, accessToken)?.account ?? null,
    asksToken: endpoint.asksToken === true,
    force: fields.force_refresh === true,
    answer: () => endpoint.answer(platform, fields, accessToken),
  };
}

function misunderstood(refusal: Refusal): Call {
  return { account: null, asksToken: false, force: false, answer: () => refusal };
}

function read({ reads }: Endpoint, { query, body }: ApiRequest): { fields: Fields } | { refusal: Refusal } {
  if (reads === 'query' || (reads === 'either' && query.has('appid'))) {
    return { fields: Object.fromEntries(query) };
  }
  if (body.trim() === '') return { refusal: { errcode: 44002 } };
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) return { fields: { ...parsed } };
  } catch {
    // Answered below, like JSON that is no object.
  }
  return { refusal: { errcode: 47001 } };
}

function text(field: unknown): string {
  return typeof field === 'string' ? field : '';
}

function askToken(line: TokenLine) {
  return (platform: Platform, fields: Fields): ApiReply => {
    if (fields.grant_type !== 'client_credential') return { errcode: 40002 };
    const found = admit(platform, fields.appid, fields.secret);
    if ('errcode' in found) return found;
    const refusal = askAdministrator(platform, found) ?? ration(found, line, platform.now);
    if (refusal !== null) return refusal;
    // The standard line gives a new token every time.
    return line === 'standard'
      ? grantNew(platform, found, line)
      : renewIfDue(platform, found, fields.force_refresh === true);
  };
}

/** The account that an AppID and its AppSecret open to the caller's IP. */
function admit(platform: Platform, appid: unknown, appSecret: unknown): Account | Refusal {
  if (text(appid) === '') return { errcode: 41002 };
  if (text(appSecret) === '') return { errcode: 41004 };
  const account = platform.accounts.get(text(appid));
  if (account === undefined) return { errcode: 40013 };
  const { secret, standing } = account.settings;
  if (secret !== appSecret) return { errcode: 40125 };
  if (standing !== 'good') return { errcode: STANDING[standing] };
  return checkIp(platform, account) ?? account;
}

function checkIp(platform: Platform, account: Account): Refusal | null {
  const { whitelist, kind } = account.settings;
  const ip = platform.ipOf(account);
  return whitelist === null || isListed(ip, whitelist, kind) ? null : { errcode: 40164, ip };
}

/** Risk confirmation; an IP on the whitelist needs none, and with a whitelist no other gets this far. */
function askAdministrator(platform: Platform, account: Account): Refusal | null {
  const { settings, consents } = account;
  if (!settings.confirmation || settings.whitelist !== null) return null;
  const ip = platform.ipOf(account);
  const { consent, errcode } = knock(consents.get(ip) ?? UNASKED, platform.now);
  consents.set(ip, consent);
  return errcode === null ? null : { errcode };
}

function ration(account: Account, line: TokenLine, now: number): Refusal | null {
  const { minuteLimit, dailyLimit } = account.settings;
  const minute = minuteOf(now);
  const day = dayOf(now);
  if (spentIn(account.thisMinute[line], minute) >= (minuteLimit ?? A_MINUTE[line])) return { errcode: 45011 };
  if (spentIn(account.today[line], day) >= (dailyLimit ?? DAILY[line])) return { errcode: 45009, line };
  account.thisMinute[line] = spend(account.thisMinute[line], minute);
  account.today[line] = spend(account.today[line], day);
  return null;
}

/** The stable line: the same token until the last five minutes of its life, or until one is forced. */
function renewIfDue(platform: Platform, account: Account, force: boolean): ApiReply {
  const { now } = platform;
  if (force) {
    const today = dayOf(now);
    if (spentIn(account.forcedToday, today) >= FORCED_A_DAY) return { errcode: 45009, line: 'stable' };
    const tooSoon = now - account.forcedAt < FORCED_APART_MS;
    account.forcedAt = now;
    if (!tooSoon) {
      account.forcedToday = spend(account.forcedToday, today);
      return grantNew(platform, account, 'stable');
    }
  }
  const current = kept(account.lines.stable, now);
  return current === undefined
    ? grantNew(platform, account, 'stable')
    : { access_token: current.accessToken, expires_in: secondsLeft(current, now) };
}

function grantNew(platform: Platform, account: Account, line: TokenLine): Granted {
  const { lifeSeconds } = account.settings;
  const accessToken = platform.newToken();
  account.lines[line] = issue(account.lines[line], accessToken, platform.now, lifeSeconds);
  return { access_token: accessToken, expires_in: lifeSeconds };
}

/** The answer's IPs are documentation addresses. */
function listApiIps(platform: Platform, _fields: Fields, accessToken: string): ApiReply {
  const found = authorize(platform, accessToken);
  return 'errcode' in found ? found : { ip_list: ['192.0.2.10', '192.0.2.11'] };
}

/** The account whose usable token this is. Only an official account's whitelist holds for such calls too. */
function authorize(platform: Platform, accessToken: string): Account | Refusal {
  if (accessToken === '') return { errcode: 41001 };
  if (accessToken.length !== TOKEN_LENGTH || !TOKEN_FORM.test(accessToken)) return { errcode: 40014 };
  const found = holder(platform, accessToken);
  if (found === undefined) return { errcode: 40001 };
  const { account, token } = found;
  const errcode = verdict(token, platform.now);
  if (errcode !== null) return { errcode };
  return (account.settings.kind === 'official' ? checkIp(platform, account) : null) ?? account;
}

function holder(platform: Platform, accessToken: string) {
  for (const account of platform.accounts.values()) {
    const token = [...account.lines.standard, ...account.lines.stable].find(
      (issued) => issued.accessToken === accessToken,
    );
    if (token !== undefined) return { account, token };
  }
  return undefined;
}

function clearQuota(platform: Platform, fields: Fields, accessToken: string): ApiReply {
  const found = authorize(platform, accessToken);
  if ('errcode' in found) return found;
  return found.appId === fields.appid ? clear(found, platform.now) : { errcode: 40013 };
}

function clearQuotaBySecret(platform: Platform, fields: Fields): ApiReply {
  const found = admit(platform, fields.appid, fields.appsecret);
  return 'errcode' in found ? found : clear(found, platform.now);
}

/** Ten times a month, both endpoints together. */
function clear(account: Account, now: number): ApiReply {
  const month = monthOf(now);
  if (spentIn(account.clearedThisMonth, month) >= CLEARED_A_MONTH) return { errcode: 48006 };
  account.clearedThisMonth = spend(account.clearedThisMonth, month);
  account.today.standard = NOTHING_SPENT;
  account.today.stable = NOTHING_SPENT;
  account.forcedToday = NOTHING_SPENT;
  return DONE;
}
