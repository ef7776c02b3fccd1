/** What is asked next, and when: the schedule applied to one life. Pure. */
import { mayCheck } from './budget.ts';
import type { CallTrigger, HeldToken, Life, Standing, Trouble } from './life.ts';
import { after, type Deadline, earlier, left, type Moment, onWall } from './moment.ts';
import { SCHEDULE_FLOOR, untilRefresh, waitAfter } from './schedule.ts';

type Plan = Life['next'];

/** The plan for a token in good standing: refresh ahead of its end, at once when it is of the wrong line. */
export function refreshAhead(life: Life, token: HeldToken, now: Moment, chance: number): NonNullable<Plan> {
  if (token.line !== life.line) return { at: now, trigger: 'schedule' };
  const span = token.expiresAt - token.obtainedAt;
  const wait = untilRefresh(life.line, life.leadMs, left(token.ends, now), span, chance);
  return { at: after(now, wait), trigger: 'schedule' };
}

/** The plan after a grant: refresh ahead, but never two calls within the floor. */
export function afterGrant(life: Life, token: HeldToken, now: Moment, chance: number): Plan {
  const plan = refreshAhead(life, token, now, chance);
  return left(plan.at, now) < SCHEDULE_FLOOR ? { ...plan, at: after(now, SCHEDULE_FLOOR) } : plan;
}

/** The plan after a setback. A retry waits no longer than the token lives: after that the shorter bounds hold. */
export function afterSetback(life: Life, trouble: Trouble, now: Moment, chance: number): Plan {
  const wait = waitAfter(
    { ...trouble, lasting: now.wall - trouble.since, tokenLives: life.token !== null },
    chance,
  );
  if (wait === null) return null;
  const at = after(now, wait);
  const trigger = triggerFor(trouble);
  return { at: trouble.class === 'transient' && life.token ? earlier(at, life.token.ends) : at, trigger };
}

/**
 * The plan a restart begins with: what was planned, refresh ahead, or at once. A stored time further off than
 * any wait can be was written before the clock was set back.
 */
export function afterRestart(
  life: Life,
  stored: Standing | null,
  sure: boolean,
  now: Moment,
  chance: number,
): Plan {
  if (life.trouble) {
    const longest = afterSetback(life, life.trouble, now, 1);
    if (!longest) return null;
    // Written while a call was under way, whose end nobody knows: what costs nothing is asked again at once.
    if (stored?.nextAt == null) return life.trouble.class === 'transient' ? { ...longest, at: now } : longest;
    return { ...longest, at: earlier(longest.at, onWall(stored.nextAt, now)) };
  }
  if (!life.token || !sure) return { at: now, trigger: 'startup' };
  return refreshAhead(life, life.token, now, chance);
}

/** The earliest moment at which something changes by itself; null when nothing will. */
export function nextDeadline(life: Life): Deadline | null {
  const mayAsk = life.leads && life.call === null && !life.paused && life.secret === 'present';
  const deadlines = [
    life.token?.ends,
    life.overlap?.ends,
    mayAsk ? life.next?.at : undefined,
    mayCheck(life) ? life.nextCheck : undefined,
    life.leads && life.call === null && life.secret === 'present' ? life.drill?.at : undefined,
  ];
  return deadlines.reduce<Deadline | null>(
    (soonest, at) => (at && soonest ? earlier(soonest, at) : (at ?? soonest)),
    null,
  );
}

function triggerFor(trouble: Trouble): CallTrigger {
  return trouble.class === 'awaiting-admin' ? 'probe' : 'retry';
}
