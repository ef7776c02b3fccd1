import { describe, expect, it } from 'vitest';
import { begin } from '../../../electron/keeper/lifecycle.ts';
import { nextDeadline } from '../../../electron/keeper/plan.ts';
import { HOUR, MINUTE, SECOND } from '../../../electron/keeper/schedule.ts';
import {
  asking,
  grant,
  later,
  NOTHING,
  noAnswer,
  refusal,
  reply,
  START,
  terms,
} from '../../support/keeper-lives.ts';
import { begun, live, Story } from '../../support/keeper-story.ts';

describe('a first token', () => {
  it('is asked for at once', () => {
    expect(asking().call).toMatchObject({
      trigger: 'startup',
      actor: 'console',
      force: false,
      line: 'standard',
    });
  });

  it('ends its life at the clock before the request plus expires_in, and is kept before it is written down', () => {
    const story = begun();
    const askedAt = story.now;
    story.now = later(story.now, 3000);
    const { id } = story.life.call ?? { id: 0 };
    story.feed({ type: 'reply', callId: id, askedAt, reply: reply(grant('one'), askedAt.wall, 3000) });
    expect(story.life.token?.expiresAt).toBe(askedAt.wall + 7200 * SECOND);
    expect(story.last.map(({ type }) => type)).toEqual(['keep', 'record']);
  });

  it('is not asked for without a secret, or while paused', () => {
    for (const changes of [{ secret: 'missing' }, { secret: 'locked' }, { paused: true }] as const) {
      expect(begin(terms(changes), NOTHING, START, 0).effects).toEqual([]);
    }
  });

  it('that is dead on arrival replaces nothing and is asked for again', () => {
    const story = begun();
    const { call } = story.life;
    story.now = later(story.now, 5000);
    story.feed({ type: 'reply', callId: call?.id ?? 0, askedAt: START, reply: reply(grant('late', 2)) });
    expect(story.life).toMatchObject({ token: null, trouble: { class: 'transient' } });
    expect(story.last.map(({ type }) => type)).toEqual(['record']);
  });
});

describe('refreshing ahead', () => {
  it('asks on the standard line 600 s before the end, keeps the old token until the new one is there, then overlaps', () => {
    const story = live().wait(6600 * SECOND - 1);
    expect(story.called).toBe(false);
    story.wait(1);
    expect(story.life.call?.trigger).toBe('schedule');
    expect(story.life.token?.accessToken).toBe('one');
    story.answer(grant('two'));
    expect(story.life.token?.accessToken).toBe('two');
    expect(story.life.overlap).toMatchObject({
      accessToken: 'one',
      ends: { wall: story.now.wall + 5 * MINUTE },
    });
    expect(story.wait(5 * MINUTE).life.overlap).toBeNull();
  });

  it('overlaps no longer than the old token lives', () => {
    const story = live({}, grant('one', 100))
      .wait(60 * SECOND)
      .answer(grant('two'));
    expect(story.life.overlap?.ends.wall).toBe(START.wall + 100 * SECOND);
  });

  it('polls the stable line every 15 s from 290 s before the end until the token changes', () => {
    const story = live({ line: 'stable' });
    expect(story.nextIn).toBe(6910 * SECOND);
    story.wait(6910 * SECOND).answer(grant('one', 290));
    expect(story.life).toMatchObject({ overlap: null, token: { obtainedAt: START.wall } });
    expect(story.nextIn).toBe(15 * SECOND);
    story.wait(15 * SECOND).answer(grant('two', 7200));
    expect(story.life.overlap?.accessToken).toBe('one');
    expect(story.nextIn).toBe(6910 * SECOND);
  });

  it('keeps 15 s between two scheduled calls however short the life', () => {
    const story = live({}, grant('one', 1));
    expect(story.nextIn).toBe(15 * SECOND);
    expect(story.wait(1000).life.token).toBeNull();
    expect(story.called).toBe(false);
  });

  it('believes the clock that ends first', () => {
    const slept = live();
    slept.now = { wall: slept.now.wall + 3 * HOUR, mono: slept.now.mono + 5 };
    expect(slept.feed({ type: 'alarm' }).called).toBe(true);
    expect(slept.life.token).toBeNull();
    const setBack = live();
    setBack.now = { wall: setBack.now.wall - 9 * HOUR, mono: setBack.now.mono + 6600 * SECOND };
    expect(setBack.feed({ type: 'alarm' }).called).toBe(true);
  });

  it('plans anew when the lead changes', () => {
    expect(live().change({ leadMs: 20 * MINUTE }).nextIn).toBe(6000 * SECOND);
  });
});

describe('one call', () => {
  it('is shared by everyone who asks meanwhile', () => {
    const story = begun().ask();
    expect(story.last).toEqual([]);
    expect(story.life.call?.trigger).toBe('startup');
  });

  it('is not ended by the answer to another one', () => {
    const story = begun();
    story.feed({ type: 'reply', callId: 99, askedAt: START, reply: reply(grant('older')) });
    expect(story.life.call).not.toBeNull();
    expect(story.life.token).toBeNull();
  });

  it('is asked again when the secret was replaced meanwhile', () => {
    const story = begun().change({}, 'secret-changed');
    expect(story.called).toBe(false);
    story.answer(refusal(40125, 'secret'));
    expect(story.life.call?.trigger).toBe('secret-changed');
  });

  it('is not asked again when it met a refusal', () => {
    const story = begun().change({}, 'secret-changed').answer(refusal(89507, 'refused'));
    expect(story.life.call).toBeNull();
  });
});

describe('a setback', () => {
  it('never touches a live token', () => {
    const story = live().ask();
    for (const no of [
      refusal(40125, 'secret'),
      noAnswer,
      refusal(45009, 'quota'),
      refusal(99999, 'unknown'),
    ]) {
      story.answer(no);
      expect(story.life.token?.accessToken).toBe('one');
      story.ask();
    }
  });

  it('of transport is retried with back-off, at the latest when the token dies', () => {
    const story = live({}, grant('one', 60)).ask();
    for (let n = 0; n < 8; n++) story.answer(noAnswer, 0.999).ask();
    story.answer(noAnswer, 0.999);
    expect(story.nextIn).toBe(60 * SECOND);
    expect(story.wait(60 * SECOND).life.call?.trigger).toBe('retry');
    story.answer(noAnswer, 0.999);
    expect(story.nextIn).toBeLessThanOrEqual(MINUTE);
  });

  it.each([
    [40125, 'secret'],
    [40013, 'account'],
  ] as const)('%i waits for a person', (code, of) => {
    const story = begun()
      .answer(refusal(code, of))
      .wait(48 * HOUR);
    expect(story.called).toBe(false);
    expect(story.ask().called).toBe(true);
  });

  it('about the whitelist gives the IP and slows down after an hour', () => {
    const story = begun().answer(refusal(40164, 'not-whitelisted', '203.0.113.7'));
    expect(story.life.callerIp).toBe('203.0.113.7');
    for (let n = 0; n < 12; n++) {
      expect(story.nextIn).toBe(5 * MINUTE);
      story.wait(5 * MINUTE).answer(refusal(40164, 'not-whitelisted', '203.0.113.9'));
    }
    expect(story.nextIn).toBe(30 * MINUTE);
    expect(story.life.callerIp).toBe('203.0.113.9');
  });

  it('of transport leaves what WeChat said before standing, at its slower pace', () => {
    const story = begun()
      .answer(refusal(45009, 'quota'))
      .wait(30 * MINUTE)
      .answer(noAnswer);
    expect(story.life.trouble).toMatchObject({ class: 'quota', errcode: 45009, count: 1 });
    expect(story.nextIn).toBe(30 * MINUTE);
  });

  it('of another kind starts the count anew', () => {
    const story = begun().answer(noAnswer).ask().answer(noAnswer);
    expect(story.life.trouble?.count).toBe(2);
    expect(story.ask().answer(refusal(777, 'unknown')).life.trouble?.count).toBe(1);
  });
});

describe('waiting for the administrator', () => {
  const awaiting = () => begun().answer(refusal(89503, 'awaiting-admin'));

  it('probes every 5 min, twelve times at most; a person asking uses none of them', () => {
    const story = awaiting().ask().answer(refusal(89501, 'awaiting-admin'));
    for (let n = 0; n < 12; n++) {
      expect(story.nextIn).toBe(5 * MINUTE);
      story.wait(5 * MINUTE);
      expect(story.life.call?.trigger).toBe('probe');
      story.answer(n % 2 ? noAnswer : refusal(89501, 'awaiting-admin'));
    }
    expect(story.life.next).toBeNull();
    expect(story.wait(24 * HOUR).called).toBe(false);
    expect(story.ask().answer(grant('one')).life).toMatchObject({
      trouble: null,
      token: { accessToken: 'one' },
    });
  });

  it('takes the IP that WeChat gave before', () => {
    const story = begun().answer(refusal(40164, 'not-whitelisted', '203.0.113.7'));
    story.ask().answer(refusal(89503, 'awaiting-admin'));
    expect(story.life.trouble?.ip).toBe('203.0.113.7');
  });

  it('remembers the probes used over a restart', () => {
    const story = awaiting();
    for (let n = 0; n < 11; n++) story.wait(5 * MINUTE).answer(refusal(89501, 'awaiting-admin'));
    story.restart();
    expect(story.called).toBe(false);
    story.wait(5 * MINUTE).answer(refusal(89501, 'awaiting-admin'));
    expect(story.life.next).toBeNull();
    expect(story.restart().life.next).toBeNull();
  });
});

describe('a refusal', () => {
  const refused = () => begun().answer(refusal(89507, 'refused'));

  it('is waited out: nothing by itself, nothing unforced inside the block', () => {
    const story = refused();
    const until = START.wall + HOUR;
    expect(story.life.trouble?.until).toBe(until);
    expect(story.wait(30 * MINUTE).called).toBe(false);
    expect(story.ask().last).toEqual([{ type: 'decline', code: 'blocked-by-refusal', until }]);
    expect(story.wait(30 * MINUTE).called).toBe(false);
    expect(story.ask().called).toBe(true);
  });

  it('lasts 24 h the second time', () => {
    const story = refused().wait(HOUR).ask().answer(refusal(89506, 'refused'));
    expect(story.life.trouble?.until).toBe(story.now.wall + 24 * HOUR);
  });

  it('keeps its end when a forced call meets it again, or anything but a word about the administrator', () => {
    const story = refused().wait(10 * MINUTE);
    const until = START.wall + HOUR;
    for (const no of [
      refusal(89507, 'refused'),
      noAnswer,
      refusal(45009, 'quota'),
      refusal(40125, 'secret'),
    ]) {
      story.ask(true).answer(no);
      expect(story.life.trouble).toMatchObject({ class: 'refused', until });
      expect(story.life.next).toBeNull();
    }
    expect(story.ask(true).answer(refusal(89503, 'awaiting-admin')).life.trouble?.class).toBe(
      'awaiting-admin',
    );
  });

  it('stands after its end until WeChat says something else', () => {
    const story = refused().wait(HOUR).ask().answer(noAnswer);
    expect(story.life.trouble?.class).toBe('refused');
    expect(story.ask().answer(refusal(45009, 'quota')).life.trouble?.class).toBe('quota');
  });

  it('is not cut short by a new secret, another line, a resume or a restart', () => {
    const story = refused();
    expect(story.change({}, 'secret-changed').called).toBe(false);
    expect(story.change({ line: 'stable' }).called).toBe(false);
    expect(story.change({ paused: true }).change({ paused: false }).called).toBe(false);
    story.restart();
    expect(story.called).toBe(false);
    expect(story.wait(59 * MINUTE).ask().last).toMatchObject([{ code: 'blocked-by-refusal' }]);
  });
});

describe('force_refresh', () => {
  const stable = () => live({ line: 'stable' });

  it('goes with the call on the stable line only', () => {
    expect(stable().ask(true).life.call?.force).toBe(true);
    expect(live().ask(true).life.call?.force).toBe(false);
  });

  it('is declined within 30 s and beyond 20 a day, also after a restart', () => {
    const story = stable().ask(true).answer(grant('two'));
    expect(story.ask(true).last).toMatchObject([{ type: 'decline', code: 'force-too-soon' }]);
    for (let n = 0; n < 18; n++)
      story
        .wait(30 * SECOND)
        .ask(true)
        .answer(grant(`t${n}`));
    story
      .wait(30 * SECOND)
      .ask(true)
      .answer(noAnswer);
    story.wait(MINUTE).restart().answer(noAnswer);
    expect(story.ask(true).last).toMatchObject([
      { code: 'force-budget-used', until: START.wall + 24 * HOUR },
    ]);
  });

  it('is not counted when WeChat refused it', () => {
    expect(stable().ask(true).answer(refusal(45009, 'quota')).life.forcedAt).toEqual([]);
  });
});

describe('terms', () => {
  it('decline a question when the secret is missing or locked', () => {
    expect(live().change({ secret: 'missing' }).ask().last).toMatchObject([{ code: 'secret-missing' }]);
    expect(live().change({ secret: 'locked' }).ask().last).toMatchObject([{ code: 'secret-locked' }]);
  });

  it('ask at once with a new secret, even while paused', () => {
    expect(
      live({ line: 'stable' }).change({ paused: true }).change({}, 'secret-changed').life.call?.trigger,
    ).toBe('secret-changed');
  });

  it('do not kill a live token of the standard line for a new secret, which was tried already', () => {
    expect(live().change({}, 'secret-changed').called).toBe(false);
    expect(live().ask().answer(refusal(40125, 'secret')).change({}, 'secret-changed').called).toBe(true);
    expect(
      live()
        .wait(8000 * SECOND)
        .answer(noAnswer)
        .change({}, 'secret-changed').called,
    ).toBe(true);
  });

  it('ask at once on the other line, and keep the old token until then', () => {
    const story = live().change({ line: 'stable' });
    expect(story.life.call).toMatchObject({ line: 'stable', trigger: 'schedule' });
    expect(story.life.token?.accessToken).toBe('one');
  });

  it('ask on the other line when the call under way has ended', () => {
    const story = begun().change({ line: 'stable' }).answer(grant('one'));
    expect(story.life.token?.line).toBe('standard');
    expect(story.life.call).toMatchObject({ line: 'stable', trigger: 'schedule' });
  });

  it('ask on the other line after a pause', () => {
    const story = live().change({ paused: true }).change({ line: 'stable' });
    expect(story.called).toBe(false);
    expect(story.change({ paused: false }).called).toBe(true);
  });

  it('ask at another address only when there was trouble', () => {
    expect(live().change({}, 'api-base').called).toBe(false);
    const story = begun().answer(refusal(40013, 'account')).change({}, 'api-base');
    expect(story.life.call?.trigger).toBe('retry');
  });

  it('pause: nothing is asked, the token lives on to its end; resume: asked at once', () => {
    const story = live()
      .change({ paused: true })
      .wait(2 * HOUR);
    expect(story.life.token).toBeNull();
    expect(story.called).toBe(false);
    expect(nextDeadline(story.life)).toBeNull();
    expect(story.change({ paused: false }).called).toBe(true);
  });

  it('resume without asking where only a person may', () => {
    const story = begun().answer(refusal(40125, 'secret')).change({ paused: true }).change({ paused: false });
    expect(story.called).toBe(false);
  });

  it('leave a call under way alone', () => {
    const story = begun().change({ leadMs: 20 * MINUTE });
    expect(story.life.call).not.toBeNull();
    expect(story.life.next).toBeNull();
  });
});

describe('a restart', () => {
  it('in the middle of a retry asks again: nobody knows how that call ended', () => {
    const story = begun().answer(noAnswer, 1).wait(SECOND);
    expect(story.called).toBe(true);
    expect(story.restart(true).life.call?.trigger).toBe('retry');
  });

  it('in the middle of a call after a quota waits as long as any such wait', () => {
    const story = begun()
      .answer(refusal(45009, 'quota'))
      .wait(30 * MINUTE);
    expect(story.called).toBe(true);
    expect(story.restart(true).called).toBe(false);
    expect(story.nextIn).toBe(30 * MINUTE);
  });

  it('uses the stored token while it lives, with what is left of it', () => {
    const story = live().wait(HOUR).restart();
    expect(story.called).toBe(false);
    expect(story.life.token?.accessToken).toBe('one');
    expect(story.nextIn).toBe(3000 * SECOND);
  });

  it('asks at once when the lead has begun, or the token is dead', () => {
    const begunLead = live();
    begunLead.now = later(begunLead.now, 6700 * SECOND);
    expect(begunLead.restart().life.call).not.toBeNull();
    const dead = live();
    dead.now = later(dead.now, 7200 * SECOND);
    expect(dead.restart().life).toMatchObject({ token: null, call: { trigger: 'startup' } });
  });

  it('asks at once when a call never reported its end: it may have killed the stored token', () => {
    const story = live().wait(MINUTE).restart(true);
    expect(story.life.call?.trigger).toBe('startup');
    expect(story.life.token?.accessToken).toBe('one');
  });

  it('does not trust a token from a clock that was set back since', () => {
    const story = live();
    story.now = { wall: story.now.wall - 10 * HOUR, mono: story.now.mono };
    story.restart();
    expect(story.life.call?.trigger).toBe('startup');
    expect(story.life.token?.ends.wall).toBe(story.now.wall + 7200 * SECOND);
  });

  it('keeps a planned retry, but no longer than a wait can be', () => {
    const story = begun().answer(refusal(45009, 'quota')).restart();
    expect(story.nextIn).toBe(30 * MINUTE);
    story.now = { wall: story.now.wall - 20 * HOUR, mono: story.now.mono };
    expect(story.restart().nextIn).toBe(30 * MINUTE);
  });
});

describe('a vault that opens late', () => {
  const record = {
    accessToken: 'kept',
    obtainedAt: START.wall,
    expiresAt: START.wall + HOUR,
    line: 'standard' as const,
  };
  const locked = () => new Story(begin(terms({ secret: 'locked' }), NOTHING, START, 0).life);

  it('gives back the token that still lives, without a call', () => {
    const story = locked().feed({ type: 'found', token: record }).change({ secret: 'present' });
    expect(story.called).toBe(false);
    expect(story.life.token?.accessToken).toBe('kept');
    expect(story.nextIn).toBe(50 * MINUTE);
  });

  it('gives back nothing that is dead, and nothing in place of a newer one', () => {
    const dead = { ...record, expiresAt: START.wall };
    expect(locked().feed({ type: 'found', token: dead }).life.token).toBeNull();
    expect(live().feed({ type: 'found', token: record }).life.token?.accessToken).toBe('one');
  });

  it('leaves a refusal as it stands', () => {
    const story = begun().answer(refusal(89507, 'refused')).feed({ type: 'found', token: record });
    expect(story.life).toMatchObject({
      next: null,
      token: { accessToken: 'kept' },
      trouble: { class: 'refused' },
    });
  });
});
