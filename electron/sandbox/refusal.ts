/**
 * What WeChat says when it refuses: an errcode and a text that ends in a rid. The texts are WeChat's own where
 * an answer was seen in the field; where none was (8950x, 40243, 50007) they are those of the official table.
 */
import { isIPv6 } from 'node:net';
import type { TokenLine } from '../console/contract.ts';

export interface Refusal {
  readonly errcode: number;
  /** In place of the text here. */
  readonly errmsg?: string;
  /** 40164: the caller's address. */
  readonly ip?: string;
  /** 45009: whose budget is used up; the standard line's text points to the stable one. */
  readonly line?: TokenLine;
}

const TO_STABLE =
  ', could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r';

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: `invalid credential, access_token is invalid or not latest${TO_STABLE}`,
  40002: 'invalid grant_type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40243: 'AppSecret已被冻结，请解冻后再次调用。',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  47001: 'data format error',
  48006: 'forbid to clear quota because of reaching the limit',
  50004: 'user not allow to use accesstoken, maybe for punishment',
  50007: '账号已冻结',
  61024: 'must use api(api_component_token) to get token for component acct',
  89501: '公众号有未处理的确认请求，请稍候重试',
  89503: '此次调用需要管理员确认，请耐心等候',
  89506: '该IP调用求请求已被公众号管理员拒绝，请24小时后再试，建议调用前与管理员沟通确认',
  89507: '该IP调用求请求已被公众号管理员拒绝，请1小时后再试，建议调用前与管理员沟通确认',
};

/** The refusal as WeChat writes it. `random` gives numbers from 0 to 1; a code without a text here is `error`. */
export function wording(refusal: Refusal, now: number, random: () => number) {
  return { errcode: refusal.errcode, errmsg: `${text(refusal)} rid: ${rid(now, random)}` };
}

function text({ errcode, errmsg, ip, line }: Refusal): string {
  if (errmsg !== undefined) return errmsg;
  if (errcode === 40164 && ip !== undefined) {
    // No answer to a caller with a true IPv6 address was ever seen: the same sentence is assumed.
    return `invalid ip ${ip} ipv6 ${isIPv6(ip) ? ip : `::ffff:${ip}`}, not in whitelist`;
  }
  if (errcode === 45009 && line === 'standard') return `${TEXTS[errcode]}${TO_STABLE}`;
  return TEXTS[errcode] ?? 'error';
}

/** The first eight hex digits are WeChat's clock in Unix seconds (undocumented, true of every rid seen). */
function rid(now: number, random: () => number): string {
  const parts = [Math.floor(now / 1000), Math.floor(random() * 2 ** 32), Math.floor(random() * 2 ** 32)];
  return parts.map((part) => part.toString(16).padStart(8, '0')).join('-');
}
