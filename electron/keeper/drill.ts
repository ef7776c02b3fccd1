/**
 * The leak drill: two forced refreshes at least 30 s apart, after which a leaked token is dead at once instead of
 * in five minutes (wechat-facts.md 2, "Leak drill"). Pure.
 */
import type { Call, Drill, Life, StoredDrill } from './life.ts';
import { after, left, type Moment, onWall } from './moment.ts';
import { FORCE_GAP, MINUTE, SECOND } from './schedule.ts';

/** WeChat ignores the second call if it comes before 30 s have passed there. */
const GAP = FORCE_GAP + SECOND;
/** A drill that a restart interrupted for longer has lost its point. */
const LONGEST_PAUSE = 10 * MINUTE;

/** A drill whose first call is due now. */
export function begunDrill(actor: string, now: Moment): Drill {
  return { state: 'first', since: now.wall, actor, at: now, callId: null };
}

/** Whether the drill's next call is due. */
export function isDrillDue(life: Life, now: Moment): boolean {
  const at = life.drill?.at ?? null;
  return at !== null && left(at, now) <= 0 && life.call === null && life.secret === 'present';
}

/** The drill with its next call under way. */
export function drillCalling(drill: Drill, callId: number): Drill {
  return { ...drill, state: drill.state === 'first' ? 'first' : 'second', at: null, callId };
}

/** The drill after its call's reply; `isNew`: WeChat gave a token it had not given before. */
export function drillAfter(life: Life, call: Call, askedAt: Moment, isNew: boolean): Drill | null {
  const { drill } = life;
  if (drill?.callId !== call.id) return drill;
  const ended = { ...drill, at: null, callId: null };
  if (!isNew) return { ...ended, state: 'stopped' };
  if (drill.state === 'second') return { ...ended, state: 'done' };
  return { ...ended, state: 'waiting', at: after(askedAt, GAP) };
}

/** The drill that cannot go on: the account left the stable line, or WeChat blocks its address. */
export function stopped(drill: Drill): Drill {
  return { ...drill, state: 'stopped', at: null, callId: null };
}

/** A drill found at the start of the process: it goes on while that still helps. */
export function resumedDrill(stored: StoredDrill | null, now: Moment): Drill | null {
  if (!stored) return null;
  const { nextAt, ...rest } = stored;
  const drill: Drill = { ...rest, at: null, callId: null };
  const isOver = stored.state === 'done' || stored.state === 'stopped';
  if (isOver) return drill;
  const isTimely = nextAt !== null && Math.abs(now.wall - nextAt) < LONGEST_PAUSE;
  if (stored.state !== 'waiting' || !isTimely) return stopped(drill);
  // By a clock that was set back, the wait must not grow beyond the gap.
  return { ...drill, at: onWall(Math.min(nextAt, now.wall + GAP), now) };
}
