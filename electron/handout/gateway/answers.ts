/** The gateway's answers outside /cgi-bin, pure: interfaces.md section 3, problems as in RFC 9457. */
import { STATUS_CODES } from 'node:http';
import type { AccountView } from '../../console/contract.ts';
import type { HandedToken, Renewal } from '../../console/handout.ts';

/** `headers`: names and values in turn, as node:http writes them fastest; Content-Length is added on sending. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

const NO_STORE = ['Cache-Control', 'no-store'] as const;
const JSON_HEADERS = ['Content-Type', 'application/json; charset=utf-8', ...NO_STORE];
const PROBLEM_HEADERS = ['Content-Type', 'application/problem+json; charset=utf-8', ...NO_STORE];

/** What WeChat last said, where that is known. */
interface Known {
  readonly phase?: string;
  readonly errcode?: number;
  readonly rid?: string;
}

/** A JSON answer that no cache may keep. `body` is the JSON itself. */
export function json(status: number, body: string): Answer {
  return { status, headers: JSON_HEADERS, body };
}

export function text(status: number, body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: ['Content-Type', type, ...NO_STORE], body };
}

/** RFC 9457 with the type left out, which stands for about:blank: the title is then the status's own phrase. */
export function problem(
  status: number,
  detail: string,
  known: Known = {},
  headers: readonly string[] = [],
): Answer {
  const body = JSON.stringify({ status, title: STATUS_CODES[status] ?? 'Error', detail, ...known });
  return { status, headers: headers.length === 0 ? PROBLEM_HEADERS : [...PROBLEM_HEADERS, ...headers], body };
}

/** What is left of a token in whole seconds, rounded down: who trusts it stops before WeChat does. */
export function secondsLeft(token: HandedToken, now: number): number {
  return Math.max(0, Math.floor((token.endsAt - now) / 1000));
}

/**
 * A token as the gateway hands it out, without the closing brace. Put together by hand, as this is the answer the
 * gateway gives most; an AppID of an account and a fingerprint have no letter that JSON would escape.
 */
function openTokenJson(token: HandedToken, appId: string, now: number): string {
  return `{"access_token":${JSON.stringify(token.accessToken)},"expires_in":${secondsLeft(token, now)},"expires_at":${token.endsAt},"app_id":"${appId}","fingerprint":"${token.fingerprint}"`;
}

export function tokenJson(token: HandedToken, appId: string, now: number): string {
  return `${openTokenJson(token, appId, now)}}`;
}

export function refreshJson(token: HandedToken, appId: string, refreshed: boolean, now: number): string {
  return `${openTokenJson(token, appId, now)},"refreshed":${refreshed}}`;
}

export const NEEDS_KEY = problem(401, 'A client key is needed: Authorization: Bearer <client key>.', {}, [
  'WWW-Authenticate',
  'Bearer',
]);
export const WRONG_KEY = problem(401, 'There is no such client key, or it was revoked.', {}, [
  'WWW-Authenticate',
  'Bearer error="invalid_token"',
]);
export const NOT_YOURS = problem(403, 'This client key is not for this AppID.');
export const FROM_A_BROWSER = problem(403, 'Requests with an Origin header, as pages send, are not served.');
export const NO_ACCOUNT = problem(404, 'The console has no account with this AppID.');
export const NO_ROUTE = problem(404, 'There is nothing at this address.');
export const BAD_REFRESH = problem(
  400,
  'The body must be a JSON object with the token that was found dead: {"stale_token": "…"}.',
);

export function tooManyWrongKeys(waitMs: number): Answer {
  const retryAfter = String(Math.ceil(waitMs / 1000));
  return problem(429, 'Too many wrong client keys came from this address.', {}, ['Retry-After', retryAfter]);
}

export function notAllowed(allow: string): Answer {
  return problem(405, `This address answers to ${allow} only.`, {}, ['Allow', allow]);
}

/** What the console knows of why there is no token: phase, and what WeChat last said. */
function knownOf({ phase, trouble, lastAttempt }: AccountView): Known {
  const errcode = lastAttempt?.errcode ?? trouble?.errcode ?? null;
  const rid = lastAttempt?.rid ?? null;
  return { phase, ...(errcode === null ? {} : { errcode }), ...(rid === null ? {} : { rid }) };
}

function retryAfter(at: number | null, now: number): string[] {
  return at === null ? [] : ['Retry-After', String(Math.max(1, Math.ceil((at - now) / 1000)))];
}

/** A call under way is answered soon: there is no time to tell, but a second is a good guess. */
const SOON_MS = 1000;

/** `view` undefined: the account was removed meanwhile. */
export function noToken(view: AccountView | undefined, now: number): Answer {
  if (view === undefined) return NO_ACCOUNT;
  const { phase, nextAttemptAt } = view;
  const next = phase === 'refreshing' ? now + SOON_MS : nextAttemptAt;
  const waits =
    next === null
      ? 'Nothing is planned until a person acts in the console.'
      : 'The console asks again by itself.';
  const detail = `The console holds no usable token of this account. ${waits}`;
  return problem(503, detail, knownOf(view), retryAfter(next, now));
}

const DECLINED: ReadonlyMap<string, string> = new Map([
  ['blocked-by-refusal', 'an administrator has refused the calls from this address for a time'],
  ['waits-for-plan', 'after what WeChat answered last it asks again by its plan, or when a person does'],
  ['secret-missing', 'the console has no AppSecret of this account'],
  ['secret-locked', 'the vault with the AppSecret is locked'],
  ['follows-another', 'another console asks for this account'],
]);

/** No call was made, and why. */
export function declined(
  { code, until }: Extract<Renewal, { result: 'declined' }>,
  view: AccountView | undefined,
  now: number,
): Answer {
  const reason = DECLINED.get(code) ?? code;
  const detail = `The console did not ask WeChat for a new token: ${reason}.`;
  return problem(503, detail, view && knownOf(view), retryAfter(until, now));
}
