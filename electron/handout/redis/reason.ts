/**
 * What went wrong with Redis, in fixed words. Pure. Nothing of an error's own text is passed on but a code: it can
 * carry a key, and with it what a server has in place of the AppSecret.
 */
import { loadedLibrary, TooMuch } from './library.ts';

export interface Problem {
  readonly detail: string;
  /** What it stops: the connection, every write, or the keys of the command only. */
  readonly reach: 'connection' | 'writes' | 'keys';
}

export const NO_ANSWER = 'no answer in time';

type Known = readonly [pattern: RegExp, reach: Problem['reach'], detail: string];

/** What Redis answers, by the beginning of its text (redis/src: shared error replies, acl.c, cluster.c). */
const ANSWERS: readonly Known[] = [
  [/^WRONGPASS|^ERR invalid password/, 'connection', 'wrong user name or password (WRONGPASS)'],
  [/^NOAUTH/, 'connection', 'Redis asks for a password and none is set here (NOAUTH)'],
  [
    /^ERR (AUTH <password> called without|Client sent AUTH, but no password)/,
    'connection',
    'a password is set here, but this Redis has none: remove it here or set it there',
  ],
  [/^ERR (DB index|invalid DB index)/, 'connection', 'this Redis has no database of that number'],
  [
    /^DENIED/,
    'connection',
    'Redis is in protected mode: it answers its own machine only until it has a password (DENIED)',
  ],
  [/^ERR max number of clients/, 'connection', 'Redis takes no more connections (maxclients)'],
  [/^LOADING/, 'connection', 'Redis is still loading its data (LOADING)'],
  [/^OOM/, 'writes', 'Redis is full and takes no writes (OOM): raise maxmemory or free some'],
  [/^READONLY/, 'writes', 'this Redis is a read-only replica (READONLY): give the address of its master'],
  [/^MISCONF/, 'writes', 'Redis cannot save to its disk and takes no writes (MISCONF)'],
  [/^(NOREPLICAS|MASTERDOWN)/, 'writes', 'Redis misses its replicas or its master and takes no writes'],
  [/^NOPERM/, 'keys', 'the Redis user may not do this: check its ACL for these keys and commands (NOPERM)'],
  [/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)/, 'keys', 'this is a Redis Cluster; a single Redis is needed'],
  [/^WRONGTYPE/, 'keys', 'the key holds something that is not a string (WRONGTYPE)'],
];

const SOCKET: readonly Known[] = [
  [/^ECONNREFUSED$/, 'connection', 'nothing listens at this address (ECONNREFUSED)'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'connection', 'the host name is not known (DNS)'],
  [/^(ETIMEDOUT|WTC_TIMEOUT)$/, 'connection', NO_ANSWER],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/, 'connection', 'no way to this address'],
  [
    /^(CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_\w+)$/,
    'connection',
    'its certificate is not trusted (TLS)',
  ],
  [/^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/, 'connection', 'TLS failed: does Redis speak TLS on this port?'],
];

const CLOSED: Problem = {
  reach: 'connection',
  detail: 'the connection was closed: did Redis stop, or does it speak TLS on this port?',
};

const FLOOD: Problem = {
  reach: 'connection',
  detail: 'far more came from this address than Redis would say: is it a Redis?',
};

/** What an error of the Redis client comes to. */
export function problemOf(error: unknown): Problem {
  const library = loadedLibrary();
  if (library && error instanceof library.MultiErrorReply) {
    return problemOf(error.replies[error.errorIndexes[0] ?? 0]);
  }
  if (library && error instanceof library.ErrorReply) return answer(error.message);
  if (error instanceof TooMuch) return FLOOD;
  if (error instanceof AggregateError && error.errors.length > 0) return problemOf(error.errors[0]);
  const isLate = library !== null && error instanceof library.ConnectionTimeoutError;
  const code = isLate ? 'ETIMEDOUT' : codeOf(error);
  const known = lookUp(SOCKET, code);
  if (known !== null) return known;
  if (/^E[A-Z]{3,20}$/.test(code))
    return { reach: 'connection', detail: `the connection was lost (${code})` };
  return CLOSED;
}

/** No answer within the time this console gives. */
export class NoAnswer extends Error {
  readonly code = 'WTC_TIMEOUT';
}

function answer(message: string): Problem {
  const word = /^[A-Z]{2,20}/.exec(message)?.[0] ?? 'ERR';
  return lookUp(ANSWERS, message) ?? { reach: 'keys', detail: `Redis refused it (${word})` };
}

function lookUp(list: readonly Known[], text: string): Problem | null {
  const known = list.find(([pattern]) => pattern.test(text));
  return known === undefined ? null : { reach: known[1], detail: known[2] };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' ? code : '';
}
