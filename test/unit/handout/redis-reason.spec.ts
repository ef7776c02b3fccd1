import { ConnectionTimeoutError, MultiErrorReply, SimpleError } from '@redis/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLibrary } from '../../../electron/handout/redis/library.ts';
import { NoAnswer, problemOf } from '../../../electron/handout/redis/reason.ts';

beforeAll(loadLibrary);

const reply = (message: string) => new SimpleError(message);
const socket = (code: string) => Object.assign(new Error('connect to the key of a test'), { code });

describe('why Redis does not take a token', () => {
  it.each([
    [
      reply('WRONGPASS invalid username-password pair or user is disabled.'),
      'connection',
      'wrong user name or password',
    ],
    [reply('ERR invalid password'), 'connection', 'wrong user name or password'],
    [reply('NOAUTH Authentication required.'), 'connection', 'asks for a password'],
    [reply('ERR AUTH <password> called without any password configured'), 'connection', 'has none'],
    [reply('ERR DB index is out of range'), 'connection', 'no database of that number'],
    [reply("OOM command not allowed when used memory > 'maxmemory'."), 'writes', 'full'],
    [reply("READONLY You can't write against a read only replica."), 'writes', 'replica'],
    [reply('MISCONF Redis is configured to save RDB snapshots'), 'writes', 'disk'],
    [reply("NOPERM User shop has no permissions to access the 'key-of-a-test' key"), 'keys', 'ACL'],
    [reply('CROSSSLOT Keys in request do not hash to the same slot'), 'keys', 'Cluster'],
    [reply('ERR something of key-of-a-test'), 'keys', 'Redis refused it (ERR)'],
    [new MultiErrorReply([reply('OK'), reply('WRONGTYPE Operation')], [1]), 'keys', 'not a string'],
    [socket('ECONNREFUSED'), 'connection', 'nothing listens'],
    [new AggregateError([socket('ECONNREFUSED')]), 'connection', 'nothing listens'],
    [socket('ENOTFOUND'), 'connection', 'not known'],
    [socket('DEPTH_ZERO_SELF_SIGNED_CERT'), 'connection', 'not trusted'],
    [socket('ERR_SSL_WRONG_VERSION_NUMBER'), 'connection', 'TLS failed'],
    [socket('ECONNRESET'), 'connection', 'lost (ECONNRESET)'],
    [new ConnectionTimeoutError(), 'connection', 'no answer in time'],
    [new NoAnswer('x'), 'connection', 'no answer in time'],
    [new Error('Socket closed unexpectedly'), 'connection', 'was closed'],
    [null, 'connection', 'was closed'],
  ] as const)('%s', (error, reach, words) => {
    const problem = problemOf(error);
    expect(problem.reach).toBe(reach);
    expect(problem.detail).toContain(words);
    expect(problem.detail).not.toContain('of-a-test');
  });
});
