import { describe, expect, it } from 'vitest';
import { nextDeadline } from '../../../electron/keeper/plan.ts';
import { HOUR, MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import type { ReplyClass } from '../../../electron/wechat/wechat.ts';
import { checkReply, grant, later, noAnswer, refusal } from '../../support/keeper-lives.ts';
import { begun, live, type Story } from '../../support/keeper-story.ts';

const EVERY_FIVE = { checkMs: 5 * MINUTE };

function checks(story: Story): number {
  return story.last.filter(({ type }) => type === 'check').length;
}

/** WeChat answers the check under way, or one a person asked for. */
function told(
  story: Story,
  errcode: number | null,
  actor = 'console',
  token = 'one',
  ip: string | null = null,
) {
  const reply = checkReply(errcode, story.now.wall, ip);
  return story.feed({ type: 'checked', accessToken: token, actor, reply });
}

describe('a check by itself', () => {
  it('leaves once an interval after the grant, and again after each answer', () => {
    const story = live(EVERY_FIVE).wait(5 * MINUTE - SECOND);
    expect(checks(story)).toBe(0);
    expect(checks(story.wait(SECOND))).toBe(1);
    expect(story.last).toContainEqual({ type: 'check', accessToken: 'one' });
    expect(checks(story.wait(10 * MINUTE))).toBe(0);
    told(story, null);
    expect(checks(story.wait(5 * MINUTE))).toBe(1);
  });

  it('comes up to a tenth earlier, so that many accounts do not ask together', () => {
    const story = begun(EVERY_FIVE).answer(grant('one'), 1);
    expect(story.life.nextCheck?.wall).toBe(story.now.wall + 4.5 * MINUTE);
  });

  it('is one of the deadlines that wake the alarm clock', () => {
    const story = live(EVERY_FIVE);
    expect(nextDeadline(story.life)?.wall).toBe(story.now.wall + 5 * MINUTE);
    story.wait(5 * MINUTE);
    expect(nextDeadline(story.life)?.wall).toBe(story.life.next?.at.wall);
  });

  it('is not made when it is switched off, and begins and ends with the switch', () => {
    const story = live();
    expect(checks(story.wait(100 * MINUTE))).toBe(0);
    story.change({ checkMs: MINUTE });
    expect(checks(story.wait(MINUTE))).toBe(1);
    told(story, null);
    expect(checks(story.change({ checkMs: null }).wait(HOUR / 2))).toBe(0);
  });

  it('asks soon about a token found in the vault', () => {
    const story = live(EVERY_FIVE).wait(MINUTE).restart();
    expect(story.called).toBe(false);
    expect(checks(story.wait(14 * SECOND))).toBe(0);
    expect(checks(story.wait(SECOND))).toBe(1);
  });

  it('asks soon about a token that a locked vault gave late', () => {
    const story = begun({ ...EVERY_FIVE, secret: 'locked' });
    const { wall } = story.now;
    const token = {
      accessToken: 'late',
      obtainedAt: wall,
      expiresAt: wall + HOUR,
      line: 'standard',
    } as const;
    expect(checks(story.feed({ type: 'found', token }).wait(15 * SECOND))).toBe(1);
  });

  it('is not made while paused, nor beside a call', () => {
    expect(
      checks(
        live(EVERY_FIVE)
          .change({ paused: true })
          .wait(HOUR / 2),
      ),
    ).toBe(0);
    expect(
      checks(
        live(EVERY_FIVE)
          .ask()
          .wait(HOUR / 2),
      ),
    ).toBe(0);
  });

  it.each<[number, ReplyClass]>([
    [89503, 'awaiting-admin'],
    [89507, 'refused'],
    [40164, 'not-whitelisted'],
  ])('is not made while the address is in question (%i)', (errcode, of) => {
    const story = live(EVERY_FIVE).ask().answer(refusal(errcode, of));
    story.now = later(story.now, 6 * MINUTE);
    story.feed({ type: 'alarm' });
    expect(checks(story)).toBe(0);
  });

  it('goes on in other troubles: the token may die meanwhile', () => {
    expect(
      checks(
        live(EVERY_FIVE)
          .ask()
          .answer(refusal(40243, 'secret'))
          .wait(5 * MINUTE),
      ),
    ).toBe(1);
  });

  it('writes no row while all is well, and none for an answer that did not come', () => {
    const story = live(EVERY_FIVE).wait(5 * MINUTE);
    expect(told(story, null).last).toEqual([]);
    expect(story.life.lastCheck).toEqual({ at: story.now.wall, result: 'valid', errcode: null });
    story.wait(5 * MINUTE);
    const reply = { ...noAnswer, askedAt: story.now.wall, durationMs: 1, wechatClock: null };
    story.feed({ type: 'checked', accessToken: 'one', actor: 'console', reply });
    expect(story.last).toEqual([]);
    expect(story.life.lastCheck?.result).toBe('unknown');
    expect(story.life.token).not.toBeNull();
  });

  it('writes one row for a refusal that says nothing of the token, and takes the address from it', () => {
    const story = live(EVERY_FIVE).wait(5 * MINUTE);
    told(story, 40164, 'console', 'one', '198.51.100.8');
    expect(story.last.map(({ type }) => type)).toEqual(['note']);
    expect(story.life).toMatchObject({ callerIp: '198.51.100.8', lastCheck: { result: 'unknown' } });
    expect(story.life.addresses[0]).toMatchObject({ ip: '198.51.100.8', workedAt: null });
    expect(told(story.wait(5 * MINUTE), 40164).last).toEqual([]);
    expect(told(story.wait(5 * MINUTE), 48001).last.map(({ type }) => type)).toEqual(['note']);
  });
});

describe('a token found dead before its time', () => {
  it.each([40001, 40014, 42001])('is counted, written down and asked for anew at once (%i)', (errcode) => {
    const story = told(live(EVERY_FIVE).wait(5 * MINUTE), errcode);
    expect(story.last.map(({ type }) => type)).toEqual(['note', 'call']);
    expect(story.life).toMatchObject({ token: null, overwrittenAt: [story.now.wall] });
    expect(story.life.call).toMatchObject({ trigger: 'passive', actor: 'console', force: false });
    expect(story.answer(grant('two')).life).toMatchObject({
      lastCheck: { result: 'dead', errcode },
      token: { accessToken: 'two' },
    });
    expect(
      story
        .wait(2 * MINUTE)
        .ask()
        .answer(grant('three')).life.lastCheck,
    ).toBeNull();
  });

  it('is forgotten as overwritten after a day', () => {
    const story = told(live(EVERY_FIVE), 40001).answer(grant('two'));
    story.now = later(story.now, 24 * HOUR + SECOND);
    story.feed({ type: 'alarm' }).answer(grant('three'));
    expect(told(story, 40001, 'console', 'three').life.overwrittenAt).toEqual([story.now.wall]);
  });

  it('is not taken up again by a restart that finds it in the vault', () => {
    const story = live(EVERY_FIVE);
    const dead = story.life.token;
    told(story, 40001);
    const restarted = begunWith(story, dead);
    expect(restarted.life.token).toBeNull();
    expect(restarted.life.call?.trigger).toBe('startup');
    expect(restarted.life.overwrittenAt).toHaveLength(1);
  });

  it('is asked for as soon as a pause ends', () => {
    const story = told(live(EVERY_FIVE).change({ paused: true }), 40001, 'admin');
    expect(story.life).toMatchObject({ token: null, call: null });
    expect(story.change({ paused: false }).life.call?.trigger).toBe('passive');
  });

  it('brings no call in a refusal, nor a second one beside the one under way', () => {
    const refused = told(live(EVERY_FIVE).ask().answer(refusal(89507, 'refused')), 40001, 'admin');
    expect(refused.life).toMatchObject({ token: null, call: null, next: null });
    expect(refused.life.overwrittenAt).toHaveLength(1);
    const asking = told(live(EVERY_FIVE).ask(), 40001, 'admin');
    expect(asking.last.map(({ type }) => type)).toEqual(['note']);
    expect(asking.life.call?.trigger).toBe('manual');
  });

  it('is asked for at once even where a retry was planned', () => {
    expect(told(live(EVERY_FIVE).ask().answer(noAnswer), 40001).life.call?.trigger).toBe('passive');
  });
});

describe('a check of an older token', () => {
  it('by a person is written down and changes nothing else', () => {
    const story = live(EVERY_FIVE);
    told(story.ask().answer(grant('two')), 40001, 'admin', 'one');
    expect(story.last.map(({ type }) => type)).toEqual(['note']);
    expect(story.life).toMatchObject({ token: { accessToken: 'two' }, overwrittenAt: [], lastCheck: null });
  });
});

function begunWith(story: Story, dead: Story['life']['token']): Story {
  story.life = { ...story.life, token: dead };
  return story.restart();
}
