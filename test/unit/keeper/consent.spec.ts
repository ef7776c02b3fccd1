import { describe, expect, it } from 'vitest';
import { standing, standingOf } from '../../../electron/keeper/life.ts';
import { HOUR, MINUTE } from '../../../electron/keeper/schedule.ts';
import { grant, refusal } from '../../support/keeper-lives.ts';
import { begun, live, type Story } from '../../support/keeper-story.ts';

const asked = refusal(89503, 'awaiting-admin');
const pending = refusal(89501, 'awaiting-admin');
const once = refusal(89507, 'refused');
const twice = refusal(89506, 'refused');
const steps = (story: Story) => story.life.consent.map(({ step, times }) => `${step} ${times}`);

describe('the steps of a confirmation', () => {
  it('are asked, waiting as often as it was answered so, confirmed', () => {
    const story = begun().answer(asked);
    const { wall } = story.now;
    story
      .wait(5 * MINUTE)
      .answer(pending)
      .wait(5 * MINUTE)
      .answer(asked);
    expect(steps(story)).toEqual(['asked 1', 'waiting 2']);
    expect(story.life.consent.map(({ at }) => at)).toEqual([wall, wall + 10 * MINUTE]);
    story.wait(5 * MINUTE).answer(grant('one'));
    expect(steps(story)).toEqual(['asked 1', 'waiting 2', 'confirmed 1']);
    expect(story.life.consent.at(-1)?.at).toBe(wall + 15 * MINUTE);
  });

  it('begin with waiting where another system was asked for', () => {
    expect(steps(begun().answer(pending))).toEqual(['waiting 1']);
  });

  it('tell a first refusal from a second, and count the same one met again', () => {
    const story = begun()
      .answer(asked)
      .wait(5 * MINUTE)
      .answer(once)
      .ask(true)
      .answer(once);
    expect(steps(story)).toEqual(['asked 1', 'refused-once 2']);
    story
      .wait(HOUR + MINUTE)
      .ask()
      .answer(asked)
      .wait(5 * MINUTE)
      .answer(twice);
    expect(steps(story)).toEqual(['asked 1', 'refused-once 2', 'asked 1', 'refused-twice 1']);
  });

  it('begin anew when a confirmed address is asked about again', () => {
    const story = begun()
      .answer(asked)
      .wait(5 * MINUTE)
      .answer(grant('one'));
    expect(steps(story.ask().answer(asked))).toEqual(['asked 1']);
    expect(steps(live().ask().answer(once))).toEqual(['refused-once 1']);
  });

  it('are none without a question, and left alone by a fault on the way', () => {
    expect(steps(live())).toEqual([]);
    expect(steps(begun().answer(asked).ask().answer(refusal(40125, 'secret')))).toEqual(['asked 1']);
  });

  it('keep to the last twenty', () => {
    const story = begun();
    for (let n = 0; n < 15; n++) {
      story.answer(once).wait(HOUR + MINUTE);
      story
        .ask()
        .answer(asked)
        .wait(5 * MINUTE);
    }
    expect(story.life.consent).toHaveLength(20);
  });

  it('outlive a restart', () => {
    const story = begun().answer(asked);
    const kept = story.life.consent;
    expect(story.restart().life.consent).toEqual(kept);
  });
});

describe('the addresses WeChat reported', () => {
  const from = (ip: string) => refusal(40164, 'not-whitelisted', ip);

  it('are kept with when each was first and last seen, and when it last worked', () => {
    const story = begun();
    const { wall } = story.now;
    story
      .answer(from('203.0.113.7'))
      .wait(5 * MINUTE)
      .answer(from('203.0.113.7'));
    story.wait(5 * MINUTE).answer(grant('one'));
    expect(story.life.addresses).toEqual([
      { ip: '203.0.113.7', firstSeenAt: wall, lastSeenAt: wall + 5 * MINUTE, workedAt: wall + 10 * MINUTE },
    ]);
    story.ask().answer(from('198.51.100.24'));
    expect(story.life.addresses.map(({ ip, workedAt }) => [ip, workedAt])).toEqual([
      ['198.51.100.24', null],
      ['203.0.113.7', wall + 10 * MINUTE],
    ]);
    expect(story.life.callerIp).toBe('198.51.100.24');
  });

  it('are the last ten', () => {
    const story = begun();
    for (let n = 1; n <= 12; n++) story.answer(from(`203.0.113.${n}`)).ask();
    expect(story.life.addresses.map(({ ip }) => ip)).toEqual(
      Array.from({ length: 10 }, (_, n) => `203.0.113.${12 - n}`),
    );
  });

  it('are unknown as long as WeChat named none', () => {
    expect(live().life.addresses).toEqual([]);
  });
});

describe('a standing', () => {
  it('of an older console is understood', () => {
    const { trouble, nextAt, lastAttempt, callerIp, forcedAt } = standingOf(begun().answer(once).life);
    const older = { trouble, nextAt, lastAttempt, callerIp, forcedAt };
    expect(standing.parse(older)).toEqual({
      ...older,
      ...{ consent: [], addresses: [], overwrittenAt: [], buried: null, drill: null },
    });
  });
});
