import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../electron/keeper/life.ts';
import { begin } from '../../../electron/keeper/lifecycle.ts';
import { nextDeadline } from '../../../electron/keeper/plan.ts';
import { MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import { grant, later, noAnswer, refusal, terms } from '../../support/keeper-lives.ts';
import { live, type Story } from '../../support/keeper-story.ts';

const stable = () => live({ line: 'stable' });
const drill = (story: Story) => story.feed({ type: 'drill', actor: 'admin' });
const state = (story: Story) => story.life.drill?.state;
const declined = (story: Story) => story.last.find(({ type }) => type === 'decline');

describe('a leak drill', () => {
  it('is two forced calls, 31 seconds apart', () => {
    const story = drill(stable());
    expect(story.life.call).toMatchObject({ trigger: 'manual', actor: 'admin', force: true });
    expect(state(story)).toBe('first');
    story.answer(grant('two'));
    expect(story.life.drill).toMatchObject({ state: 'waiting', at: later(story.now, 31 * SECOND) });
    expect(nextDeadline(story.life)?.wall).toBe(story.now.wall + 31 * SECOND);
    expect(story.wait(30 * SECOND).called).toBe(false);
    expect(story.wait(SECOND).life.call?.force).toBe(true);
    expect(state(story)).toBe('second');
    story.answer(grant('three'));
    expect(story.life).toMatchObject({ drill: { state: 'done', at: null }, token: { accessToken: 'three' } });
    expect(story.life.forcedAt).toHaveLength(2);
  });

  it('begins when the call under way has ended', () => {
    const story = drill(stable().ask());
    expect(story.called).toBe(false);
    story.answer(grant('one', 7000));
    expect(story.life.call).toMatchObject({ force: true });
  });

  it('goes on beside an ordinary refresh, and in a pause', () => {
    const story = drill(stable()).answer(grant('two')).ask().answer(grant('two', 7100));
    expect(state(story)).toBe('waiting');
    expect(story.change({ paused: true }).wait(31 * SECOND).life.call?.force).toBe(true);
  });

  it('stops when a call of it brings no new token', () => {
    expect(state(drill(stable()).answer(noAnswer))).toBe('stopped');
    expect(state(drill(stable()).answer(refusal(45009, 'quota')))).toBe('stopped');
    expect(state(drill(stable()).answer(grant('one')))).toBe('stopped');
    const second = drill(stable())
      .answer(grant('two'))
      .wait(31 * SECOND)
      .answer(noAnswer);
    expect(state(second)).toBe('stopped');
  });

  it('stops when the account leaves the stable line, or is refused meanwhile', () => {
    const moved = drill(stable()).answer(grant('two')).change({ line: 'standard' }).answer(grant('three'));
    expect(state(moved.wait(31 * SECOND))).toBe('stopped');
    const refused = drill(stable()).answer(grant('two')).ask().answer(refusal(89507, 'refused'));
    expect(refused.wait(31 * SECOND).called).toBe(false);
    expect(state(refused)).toBe('stopped');
  });

  it('is declined on the standard line, in a block, and without two forced refreshes left', () => {
    expect(declined(drill(live()))).toMatchObject({ code: 'stable-line-only' });
    expect(declined(drill(stable().ask().answer(refusal(89507, 'refused'))))).toMatchObject({
      code: 'blocked-by-refusal',
    });
    const story = stable();
    const hours = (n: number) => story.now.wall - n * 60 * MINUTE;
    const used = Array.from({ length: 19 }, (_, n) => hours(20 - n));
    story.life = { ...story.life, forcedAt: used };
    expect(declined(drill(story))).toMatchObject({
      code: 'force-budget-used',
      until: hours(20) + 24 * 60 * MINUTE,
    });
    story.life = { ...story.life, forcedAt: used.slice(1) };
    expect(declined(drill(story))).toBeUndefined();
  });
});

describe('a restart in a leak drill', () => {
  function restarted(story: Story, afterMs: number) {
    const now = later(story.now, afterMs);
    const found = { token: story.life.token, standing: standingOf(story.life), interrupted: false };
    return begin(terms({ line: 'stable' }), found, now, 0).life;
  }

  it('goes on with the second call where it is due', () => {
    const waiting = drill(stable()).answer(grant('two'));
    expect(restarted(waiting, SECOND).drill).toMatchObject({ state: 'waiting' });
    expect(restarted(waiting, MINUTE)).toMatchObject({ drill: { state: 'second' }, call: { force: true } });
  });

  it('waits no longer than the gap when the clock was set back', () => {
    const waiting = drill(stable()).answer(grant('two'));
    const life = restarted(waiting, -5 * MINUTE);
    expect(life.drill?.at?.wall).toBe(waiting.now.wall - 5 * MINUTE + 31 * SECOND);
  });

  it('stops one that came too late or was cut off in a call, and keeps one that ended', () => {
    const waiting = drill(stable()).answer(grant('two'));
    expect(restarted(waiting, 20 * MINUTE).drill?.state).toBe('stopped');
    expect(restarted(drill(stable()), SECOND).drill?.state).toBe('stopped');
    const done = waiting.wait(31 * SECOND).answer(grant('three'));
    expect(restarted(done, MINUTE).drill?.state).toBe('done');
  });
});
