/** The table of design.md for who may cause a call, held against the budget, written down once more and apart. */
import { describe, expect, it } from 'vitest';
import {
  answerToStale,
  blockedUntil,
  declineCall,
  declineForce,
  isDue,
  mayCheck,
} from '../../../electron/keeper/budget.ts';
import type { Life } from '../../../electron/keeper/life.ts';
import { begin } from '../../../electron/keeper/lifecycle.ts';
import type { Moment } from '../../../electron/keeper/moment.ts';
import { HOUR, MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import type { ReplyClass } from '../../../electron/wechat/wechat.ts';
import { checkReply, grant, later, NOTHING, refusal, START, terms } from '../../support/keeper-lives.ts';
import { live, type Story } from '../../support/keeper-story.ts';

const server = { trigger: 'passive', force: false } as const;
const person = { trigger: 'manual', force: false } as const;
const insisting = { trigger: 'manual', force: true } as const;

function afterStale(life: Life, now: Moment) {
  if (!life.token) throw new Error('no token');
  return answerToStale(life, life.token, now);
}

/** Refreshed by hand, and answered so; the token before lives on. */
function troubled(errcode: number, of: ReplyClass): Story {
  return live({ checkMs: 5 * MINUTE })
    .ask()
    .answer(refusal(errcode, of));
}

/** Code, class; whether a business server may cause a call, a check; when the plan asks again, ms. */
const TABLE: [number, ReplyClass, boolean, boolean, number | null][] = [
  [-1, 'transient', true, true, 200],
  [45009, 'quota', false, true, 30 * MINUTE],
  [40164, 'not-whitelisted', false, false, 5 * MINUTE],
  [89503, 'awaiting-admin', false, false, 5 * MINUTE],
  [89507, 'refused', false, false, null],
  [89506, 'refused', false, false, null],
  [40125, 'secret', false, true, null],
  [40243, 'secret', false, true, null],
  [50007, 'account', false, true, null],
  [12345, 'unknown', false, true, MINUTE],
];

describe.each(TABLE)('after %i (%s)', (errcode, of, mayCall, mayBeChecked, waits) => {
  const story = troubled(errcode, of);
  const { life, now } = story;

  it(`a business server ${mayCall ? 'may' : 'may not'} cause a call; a person may`, () => {
    const until = of === 'refused' ? (life.trouble?.until ?? null) : waits === null ? null : now.wall + waits;
    const code = of === 'refused' ? 'blocked-by-refusal' : 'waits-for-plan';
    expect(declineCall(life, server, now)).toEqual(mayCall ? null : { code, until });
    expect(declineCall(life, person, now)).toEqual(of === 'refused' ? { code, until } : null);
    expect(declineCall(life, insisting, now)).toBeNull();
  });

  it('when the block, if any, is over, only a person asks', () => {
    const afterwards = later(now, 25 * HOUR);
    const lived: Life = { ...life, next: null };
    expect(declineCall(lived, person, afterwards)).toBeNull();
    const declined = declineCall(lived, server, afterwards);
    expect(declined).toEqual(mayCall ? null : { code: 'waits-for-plan', until: null });
  });

  it(`a check nobody asked for ${mayBeChecked ? 'may' : 'may not'} leave`, () => {
    expect(mayCheck(life)).toBe(mayBeChecked);
    expect(afterStale(life, now)).toBe(mayBeChecked ? 'check' : 'known');
  });
});

describe('a business server that finds the token dead', () => {
  const story = live();
  const at = (ms: number) => later(START, ms);

  it('within a minute causes a check, afterwards a call', () => {
    expect(afterStale(story.life, at(MINUTE - 1))).toBe('check');
    expect(afterStale(story.life, at(MINUTE))).toBe('ask');
  });

  it.each([null, 40164, 89503, 45009, -1])(
    'causes no second check within 10 s, whatever it said (%s)',
    (errcode) => {
      const checked = live();
      checked.now = at(5 * SECOND);
      const { accessToken = '' } = checked.life.token ?? {};
      const reply = checkReply(errcode, checked.now.wall);
      checked.feed({ type: 'checked', accessToken, actor: '订单服务', reply });
      expect(afterStale(checked.life, at(15 * SECOND - 1))).toBe('known');
      expect(afterStale(checked.life, at(15 * SECOND))).toBe('check');
    },
  );

  it('that a restart found, causes a check until it is a minute old', () => {
    const token = {
      ...{ accessToken: 'one', obtainedAt: START.wall, expiresAt: START.wall + 2 * HOUR },
      line: 'standard' as const,
    };
    const { life } = begin(terms(), { ...NOTHING, token }, at(SECOND), 0);
    expect(afterStale(life, at(SECOND))).toBe('check');
    expect(afterStale(life, at(MINUTE))).toBe('ask');
  });

  it('causes nothing while paused, or where another console asks', () => {
    const paused = live().change({ paused: true });
    expect(declineCall(paused.life, server, START)).toEqual({ code: 'waits-for-plan', until: null });
    expect(afterStale(paused.life, START)).toBe('known');
    const following = live().change({ leads: false });
    expect(declineCall(following.life, server, START)).toEqual({ code: 'follows-another', until: null });
    expect(afterStale(following.life, START)).toBe('known');
  });
});

it('without its AppSecret nobody causes a call', () => {
  const locked = live().change({ secret: 'locked' });
  expect(declineCall(locked.life, insisting, START)).toEqual({ code: 'secret-locked', until: null });
  expect(isDue(locked.wait(3 * HOUR).life, locked.now)).toBe(false);
});

it('a forced refresh has its own budget, on the stable line', () => {
  const stable = live({ line: 'stable' }).wait(MINUTE).ask(true).answer(grant('two'));
  const soon = later(stable.now, 29 * SECOND);
  expect(declineCall(stable.life, insisting, soon)).toMatchObject({ code: 'force-too-soon' });
  expect(declineForce(stable.life, later(stable.now, 31 * SECOND), 2)).toBeNull();
  expect(declineCall(live().life, insisting, START)).toBeNull();
});

it('a block ends', () => {
  const { life, now } = troubled(89507, 'refused');
  expect(blockedUntil(life, now)).toBe(now.wall + HOUR);
  expect(blockedUntil(life, later(now, HOUR))).toBeNull();
  expect(blockedUntil(live().life, START)).toBeNull();
});
