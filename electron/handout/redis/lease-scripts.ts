/**
 * What is asked of Redis about leases, each question one atomic script. A script is the only way to say "if it is
 * still mine" in Redis (redis.io, "Distributed Locks with Redis"). All need Redis 5 or later, all keys are declared.
 */
import type { HandedToken } from '../../console/handout.ts';
import { type Company, LEASE_MS, OTHERS_WINDOW_MS, type Sight } from './lease-policy.ts';
import { AHEAD_MS, obtainedOnThisClock } from './lease-record.ts';

/** As much of a connected client as a lease needs. */
export interface LeaseRedis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  duplicate(): LeaseEar;
}

/** A second connection: one that listens can ask nothing. */
export interface LeaseEar {
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  destroy(): void;
}

/** The AppID of an account whose lease or token has changed. */
export const CHANGED = 'wtc:changed';
const CONSOLES = 'wtc:consoles';
/** In the place of an owner: the lease was given back, so nobody need wait for its end. */
const RELEASED = '-';
const BATCH = 100;

const keysOf = (appId: string) => [`wtc:lease:${appId}`, `wtc:fence:${appId}`, `wtc:token:${appId}`];

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * The consoles as a sorted set by when they were last seen (0: has left); never empty again once a console was here.
 * Redis's clock may have been ahead and put right since: who seems to have been seen later than now was seen now.
 */
const GREET = `${NOW}
local was_empty = redis.call('EXISTS', KEYS[1]) == 0
local remembered = redis.call('ZSCORE', KEYS[1], ARGV[1])
for _, ahead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  redis.call('ZADD', KEYS[1], now, ahead)
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
local left = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', 0)
local lost = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return {redis.call('ZCARD', KEYS[1]) - 1, remembered and 1 or 0, was_empty and 1 or 0, left, lost}
`;

const LOOK = `${NOW}
local me, ttl = ARGV[1], ARGV[2]
local seen = {now}
for n = 1, #KEYS / 3 do
  local lease, fence, token = KEYS[n * 3 - 2], KEYS[n * 3 - 1], KEYS[n * 3]
  local wants, digest = ARGV[n * 2 + 1] == '1', ARGV[n * 2 + 2]
  -- Redis's clock was ahead when it was set: a dead owner's lease would outlive it by hours.
  if redis.call('PTTL', lease) > tonumber(ttl) then redis.call('PEXPIRE', lease, ttl) end
  local owner = redis.call('GET', lease)
  local gained = 0
  if wants and (not owner or owner == '${RELEASED}') then
    gained = owner and 2 or 1
    redis.call('SET', lease, me, 'PX', ttl)
    local number = redis.call('INCR', fence)
    -- A Redis that forgot counts anew, and may have been told of a token under an earlier number since.
    local known, written = pcall(cjson.decode, redis.call('GET', token) or '')
    if known and type(written) == 'table' and (tonumber(written.fence) or 0) >= number then
      redis.call('SET', fence, string.format('%.0f', written.fence + 1))
    end
    owner = me
  elseif wants and owner == me then
    redis.call('PEXPIRE', lease, ttl)
  elseif owner == me then
    redis.call('SET', lease, '${RELEASED}', 'PX', ttl)
    owner = '${RELEASED}'
  end
  local whose = 0
  if owner == me then whose = 1 elseif owner and owner ~= '${RELEASED}' then whose = 2 end
  local record = redis.call('GET', token)
  if record and redis.sha1hex(record) == digest then record = 1 end
  seen[#seen + 1] = {whose, gained, redis.call('PTTL', lease), tonumber(redis.call('GET', fence) or 0), record}
end
return seen
`;

/**
 * Written by who holds the lease, under a fence no lower than the record's, and never an older token over a newer:
 * so a console that lost its lease while WeChat answered cannot put an outdated token back. Who does not hold it may
 * only bring a newer one, obtained while it had to do without Redis. A record from the future was written while
 * Redis's clock was ahead: it would be the newest for hours, so it is none.
 */
const WRITE = `${NOW}
local obtained_at, expires_at = now - ARGV[4], now + ARGV[5]
local fence = tonumber(ARGV[2])
local current = redis.call('GET', KEYS[3])
local is_mine = redis.call('GET', KEYS[1]) == ARGV[1]
if current then
  local ok, record = pcall(cjson.decode, current)
  local is_record = ok and type(record) == 'table' and tonumber(record.obtainedAt) and tonumber(record.fence)
    and record.obtainedAt <= now + ${AHEAD_MS}
  if is_record then
    local rejected = obtained_at < record.obtainedAt or (is_mine and fence < record.fence)
    if rejected then return {0, current} end
    if not is_mine then
      if obtained_at == record.obtainedAt then return {0, current} end
      fence = record.fence
    end
  end
elseif not is_mine then
  if ARGV[7] == '0' then return {0, false} end
  -- Under no higher number than the owner's, who may have begun to count anew.
  fence = tonumber(redis.call('GET', KEYS[2]) or 0)
end
local text = string.format('{"accessToken":%s,"obtainedAt":%.0f,"expiresAt":%.0f,"line":"%s","fence":%.0f}',
  ARGV[3], obtained_at, expires_at, ARGV[6], fence)
redis.call('SET', KEYS[3], text, 'PX', ARGV[5])
return {1, text}
`;

const DROP = `
local record = redis.call('GET', KEYS[3])
if redis.call('GET', KEYS[1]) == ARGV[1] and record and redis.sha1hex(record) == ARGV[2] then
  return redis.call('DEL', KEYS[3])
end
return 0
`;

const RELEASE = `
local given = {}
for n = 1, #KEYS do
  if redis.call('GET', KEYS[n]) == ARGV[1] then
    redis.call('SET', KEYS[n], '${RELEASED}', 'PX', ARGV[2])
    given[#given + 1] = n
  end
end
return given
`;

/** An account to look at: whether its lease is wanted, and the digest of the record that is known. */
export interface Question {
  readonly appId: string;
  readonly isWanted: boolean;
  readonly known: string;
}

export interface Finding extends Sight {
  readonly appId: string;
  readonly fence: number;
  /** 'known': as the digest says; null: there is none. */
  readonly record: { readonly text: string } | 'known' | null;
  /** Redis's clock, ms. */
  readonly redisNow: number;
}

/** Says that this console is here, and hears of the others. */
export async function greet(redis: LeaseRedis, me: string): Promise<Company> {
  const answer = await redis.eval(GREET, { keys: [CONSOLES], arguments: [me, `${OTHERS_WINDOW_MS}`] });
  const [others, remembered, wasEmpty, left, lost] = answer as number[];
  return {
    ...{ others: Number(others), left: Number(left), lost: Number(lost) },
    ...{ isRemembered: remembered === 1, wasEmpty: wasEmpty === 1 },
  };
}

/** Renews, takes or gives up each lease, and reads each record; one pipeline however many accounts there are. */
export async function look(
  redis: LeaseRedis,
  me: string,
  questions: readonly Question[],
): Promise<Finding[]> {
  const batches: Question[][] = [];
  for (let n = 0; n < questions.length; n += BATCH) batches.push(questions.slice(n, n + BATCH));
  return (await Promise.all(batches.map((batch) => lookAt(redis, me, batch)))).flat();
}

type Seen = [number, number, number, number, string | number | null];
const OWNERS = ['none', 'me', 'other'] as const;
const GAINS = ['no', 'absent', 'released'] as const;

async function lookAt(redis: LeaseRedis, me: string, batch: readonly Question[]): Promise<Finding[]> {
  const asked = batch.flatMap(({ isWanted, known }) => [isWanted ? '1' : '0', known]);
  const keys = batch.flatMap(({ appId }) => keysOf(appId));
  const answer = await redis.eval(LOOK, { keys, arguments: [me, `${LEASE_MS}`, ...asked] });
  const [redisNow, ...seen] = answer as [number, ...Seen[]];
  return batch.flatMap(({ appId }, n) => {
    const found = seen[n];
    if (!found) return [];
    const [whose, gained, restMs, fence, record] = found;
    return {
      ...{ appId, fence, redisNow },
      owner: OWNERS[whose] ?? 'none',
      gained: GAINS[gained] ?? 'no',
      restMs: Math.max(0, restMs),
      record: typeof record === 'string' ? { text: record } : record === null ? null : 'known',
    };
  });
}

export interface Writing {
  readonly appId: string;
  readonly me: string;
  readonly fence: number;
  readonly token: HandedToken;
  /** Wall clock of this machine, ms. */
  readonly wall: number;
  /** Also where there is no record, and the lease is another's. */
  readonly isFresh: boolean;
}

/** Writes the record; the value is what the record is now, null for none, and whether it is the one written. */
export async function write(redis: LeaseRedis, writing: Writing) {
  const { appId, me, fence, token, wall, isFresh } = writing;
  const age = Math.max(0, Math.round(wall - obtainedOnThisClock(token)));
  const rest = Math.floor(token.endsAt - wall);
  if (rest < 1) return { isWritten: false, text: null };
  const about = [JSON.stringify(token.accessToken), `${age}`, `${rest}`, token.line, isFresh ? '1' : '0'];
  const answer = await redis.eval(WRITE, { keys: keysOf(appId), arguments: [me, `${fence}`, ...about] });
  const [written, text] = answer as [number, string | null];
  return { isWritten: written === 1, text };
}

/** Removes the record of a token that is dead, if it is still that one and the lease this console's. */
export async function drop(redis: LeaseRedis, me: string, appId: string, known: string): Promise<void> {
  await redis.eval(DROP, { keys: keysOf(appId), arguments: [me, known] });
}

/** Gives leases back; those that are no longer this console's stay. */
export async function release(redis: LeaseRedis, me: string, appIds: readonly string[]): Promise<void> {
  if (appIds.length === 0) return;
  const keys = appIds.map((appId) => keysOf(appId)[0] ?? '');
  const given = await redis.eval(RELEASE, { keys, arguments: [me, `${LEASE_MS}`] });
  const changed = (given as number[]).flatMap((n) => appIds[n - 1] ?? []);
  await Promise.all(changed.map((appId) => redis.publish(CHANGED, appId)));
}

/** Says that this console is gone. Its name stays: a set that is empty would tell of a Redis without memory. */
export async function takeLeave(redis: LeaseRedis, me: string): Promise<void> {
  const leave = `return redis.call('ZADD', KEYS[1], 'XX', 0, ARGV[1])`;
  await redis.eval(leave, { keys: [CONSOLES], arguments: [me] });
}
