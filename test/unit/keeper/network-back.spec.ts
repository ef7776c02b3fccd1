/** The network is back: who waited for it asks now, and nobody else. */
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import { noAnswer, refusal } from '../../support/keeper-lives.ts';
import { begun, type Story } from '../../support/keeper-story.ts';

/** Ten failures in a row: the next try is a minute off. */
function waiting(answer: Parameters<Story['answer']>[0] = noAnswer): Story {
  const story = begun().answer(answer, 1);
  for (let n = 0; n < 9; n++) story.wait(MINUTE).answer(answer, 1);
  return story;
}

const back = (story: Story) => story.feed({ type: 'network-back' }, 1);

describe('when the network is back', () => {
  it('a retry that waited for it leaves within two seconds', () => {
    const story = waiting().wait(10 * SECOND);
    expect(back(story).called).toBe(false);
    expect(story.wait(2 * SECOND).life.call?.trigger).toBe('retry');
  });

  it('a network that comes and goes does not turn the back-off into one call after the other', () => {
    const story = waiting().wait(SECOND);
    expect(back(story).wait(3 * SECOND).called).toBe(false);
    expect(back(story).wait(SECOND).life.call?.trigger).toBe('retry');
  });

  it.each([
    ['a quota', refusal(45009, 'quota')],
    ['an administrator who is asked', refusal(89503, 'awaiting-admin')],
    ['a refusal', refusal(89507, 'refused')],
  ])('%s is no matter of the network', (_name, answer) => {
    const story = begun()
      .answer(answer, 1)
      .wait(10 * SECOND);
    const { next } = story.life;
    expect(back(story).life.next).toEqual(next);
    expect(story.called).toBe(false);
  });

  it('a busy WeChat keeps its back-off', () => {
    const story = waiting(refusal(-1, 'transient')).wait(10 * SECOND);
    const { next } = story.life;
    expect(back(story).life.next).toEqual(next);
  });

  it('a live token is left alone', () => {
    const story = begun();
    const { call } = story.life;
    expect(back(story).life.call).toBe(call);
  });
});
