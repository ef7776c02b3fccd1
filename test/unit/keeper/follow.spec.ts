import { describe, expect, it } from 'vitest';
import type { TokenRecord } from '../../../electron/keeper/life.ts';
import { nextDeadline } from '../../../electron/keeper/plan.ts';
import { HOUR, MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import { checkReply, grant, START } from '../../support/keeper-lives.ts';
import { begun, live, type Story } from '../../support/keeper-story.ts';

const following = { leads: false, checkMs: 5 * MINUTE };

function given(accessToken: string, obtainedAt = START.wall, seconds = 7200): TokenRecord {
  return { accessToken, obtainedAt, expiresAt: obtainedAt + seconds * SECOND, line: 'standard' };
}

const adopt = (story: Story, token: TokenRecord) => story.feed({ type: 'adopted', token });
const code = (story: Story) => story.last.find(({ type }) => type === 'decline');

describe('an account that follows another console', () => {
  it('asks for nothing by itself, and wakes no alarm clock for it', () => {
    const story = begun(following);
    expect(story.life.call).toBeNull();
    expect(nextDeadline(story.life)).toBeNull();
    expect(story.wait(3 * HOUR).called).toBe(false);
  });

  it('declines who asks, and a leak drill', () => {
    expect(code(begun(following).ask())).toMatchObject({ code: 'follows-another' });
    const drill = begun({ ...following, line: 'stable' }).feed({ type: 'drill', actor: 'admin' });
    expect(code(drill)).toMatchObject({ code: 'follows-another' });
  });

  it('hands out the token it is given, keeps it, and lets the one before overlap', () => {
    const story = adopt(begun(following), given('one'));
    expect(story.last).toEqual([{ type: 'keep', token: given('one') }]);
    expect(story.life.token?.accessToken).toBe('one');
    story.now = { wall: story.now.wall + MINUTE, mono: story.now.mono + MINUTE };
    adopt(story, given('two', story.now.wall));
    expect(story.life).toMatchObject({ token: { accessToken: 'two' }, overlap: { accessToken: 'one' } });
    expect(story.life.overlap?.ends.wall).toBe(story.now.wall + 5 * MINUTE);
  });

  it('leaves what is older, dead, known to be dead or its own as it is', () => {
    const story = adopt(begun(following), given('two', START.wall));
    const { life } = story;
    for (const token of [given('one', START.wall - MINUTE), given('gone', START.wall, -1), given('two')]) {
      expect(adopt(story, token).life).toEqual(life);
    }
    const buried = live({ checkMs: MINUTE }).feed({
      ...{ type: 'checked', accessToken: 'one', actor: 'console', reply: checkReply(40001) },
    });
    buried.change({ leads: false });
    expect(adopt(buried, given('one', START.wall)).life.token).toBeNull();
  });

  it('takes over with the token it was given: no second call while that lives, then ahead of its end', () => {
    const story = adopt(begun(following), given('one')).change({ leads: true });
    expect(story.called).toBe(false);
    expect(story.wait(100 * MINUTE).called).toBe(false);
    expect(story.wait(10 * MINUTE).life.call?.trigger).toBe('schedule');
  });

  it('takes over without a token: asks at once', () => {
    expect(begun(following).change({ leads: true }).life.call?.trigger).toBe('startup');
  });

  it('that led before asks no more, and its call under way still ends', () => {
    const story = live().ask().change({ leads: false }).answer(grant('two'));
    expect(story.life.token?.accessToken).toBe('two');
    expect(story.wait(3 * HOUR).called).toBe(false);
  });

  it('does not take a token from another while its own call is under way', () => {
    const story = live().ask();
    expect(adopt(story, given('other', START.wall + 1)).life.token?.accessToken).toBe('one');
  });

  it('does not ask for a changed secret or line', () => {
    expect(begun(following).change({}, 'secret-changed').called).toBe(false);
    expect(adopt(begun(following), given('one')).change({ line: 'stable' }).called).toBe(false);
  });
});

describe('a passive refresh that brings another token', () => {
  it('counts as overwritten; one that brings the same does not', () => {
    const passive = (story: Story) =>
      story.feed({ type: 'ask', trigger: 'passive', actor: '订单服务', force: false });
    expect(passive(live()).answer(grant('two')).life.overwrittenAt).toHaveLength(1);
    expect(passive(live({ line: 'stable' })).answer(grant('one')).life.overwrittenAt).toEqual([]);
  });
});
