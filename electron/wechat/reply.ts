/** What WeChat's answer means: by status, JSON shape and errcode, never by its words. Pure. */
import { readErrmsg } from './errmsg.ts';
import type { Failure } from './failure.ts';
import type { Failed, Granted, Refused, ReplyClass } from './wechat.ts';

const CLASSES: ReadonlyMap<number, ReplyClass> = new Map(
  (
    [
      ['transient', [-1, 45011]],
      ['quota', [45009]],
      ['not-whitelisted', [40164, 61004, 45035, 40090]],
      ['awaiting-admin', [89503, 89501, 89502, 89504, 89505]],
      ['refused', [89507, 89506]],
      ['secret', [40001, 40125, 41004, 40243]],
      ['account', [40013, 41002, 50002, 50004, 50007, 61024, 40002, 43002]],
    ] as const
  ).flatMap(([name, codes]) => codes.map((code) => [code, name] as const)),
);

/** Tokens are documented to need 512 characters of storage at least; four times that is still a token. */
const TOKEN = /^[\x21-\x7e]{1,2048}$/;
const LONGEST_LIFE_SECONDS = 2 ** 31;

/** How an errcode that came instead of a token is treated: the table of design.md. */
export function classOf(errcode: number): ReplyClass {
  return CLASSES.get(errcode) ?? 'unknown';
}

export function failed({ reason, detail }: Failure): Failed {
  return { outcome: 'failed', class: 'transient', reason, errmsg: `${reason}: ${detail}` };
}

/**
 * What is wrong with an answer before its body is read; null when nothing is. WeChat always says 200; what stands in
 * between may say something else of WeChat's own words.
 */
export function headFailure(head: Pick<Response, 'status' | 'type'>): Failure | null {
  if (head.type === 'opaqueredirect') return { reason: 'redirect', detail: 'not followed' };
  // Chromium hands a proxy's own answer on; Node's client throws instead (node-fetch.ts).
  if (head.status === 407) return { reason: 'proxy', detail: 'HTTP 407' };
  if (head.status >= 300 && head.status < 400) return { reason: 'redirect', detail: `${head.status}` };
  return head.status === 200 ? null : { reason: 'http-status', detail: `${head.status}` };
}

/** The body of `/cgi-bin/token` or `/cgi-bin/stable_token`. `secrets`: what no errmsg may repeat. */
export function readTokenReply(body: string, secrets: readonly string[]): Granted | Refused | Failed {
  return readReply(body, secrets, ({ access_token: token, expires_in: seconds }) => {
    if (typeof token !== 'string' || !TOKEN.test(token)) return unreadable('no usable access_token');
    const expiresIn = Math.floor(numberIn(seconds));
    if (!isLife(expiresIn)) return unreadable('no usable expires_in');
    return { outcome: 'granted', accessToken: token, expiresIn };
  });
}

/** The body of `/cgi-bin/get_api_domain_ip`. `secrets`: what no errmsg may repeat. */
export function readCheckReply(
  body: string,
  secrets: readonly string[],
): { outcome: 'valid' } | Refused | Failed {
  return readReply(body, secrets, ({ ip_list: list }) =>
    Array.isArray(list) ? { outcome: 'valid' } : unreadable('no ip_list'),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function readReply<Success>(
  body: string,
  secrets: readonly string[],
  readSuccess: (fields: Fields) => Success | Failed,
): Success | Refused | Failed {
  const fields = parse(body);
  if (fields === null) return unreadable(whatItIs(body));
  const { errcode, errmsg } = fields;
  const code = numberIn(errcode ?? 0);
  if (!Number.isSafeInteger(code)) return unreadable('errcode is not a whole number');
  if (code === 0) return readSuccess(fields);
  const details = readErrmsg(typeof errmsg === 'string' ? errmsg : '', secrets);
  return { outcome: 'refused', class: classOf(code), errcode: code, ...details };
}

function parse(body: string): Fields | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** A sign-in page of a hotel or a company network is the usual stranger here. */
function whatItIs(body: string): string {
  const start = body.trimStart();
  if (start === '') return 'an empty answer';
  return start.startsWith('<') ? 'a web page instead of JSON' : 'not a JSON object';
}

/**
 * A number, or one that somebody in between has written as a text; else NaN. Not to read it would be to ask again, and
 * after a refusal each question asks the administrator anew.
 */
function numberIn(value: unknown): number {
  if (typeof value === 'string' && /^\s*[+-]?\d{1,15}(\.\d{1,15})?\s*$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

function isLife(seconds: number): boolean {
  return seconds >= 1 && seconds <= LONGEST_LIFE_SECONDS;
}

function unreadable(detail: string): Failed {
  return failed({ reason: 'unreadable', detail });
}
