/** One life told step by step, for tests of the lifecycle. */
import { type Life, type LifeEvent, type Step, standingOf } from '../../electron/keeper/life.ts';
import { begin, step } from '../../electron/keeper/lifecycle.ts';
import type { Moment } from '../../electron/keeper/moment.ts';
import type { Failed, Granted, Refused } from '../../electron/wechat/wechat.ts';
import { asking, grant, later, reply, START, type terms } from './keeper-lives.ts';

/** A life that is fed events at moments of its own. */
export class Story {
  life: Life;
  now: Moment = START;
  last: Step['effects'] = [];

  constructor(life: Life) {
    this.life = life;
  }

  feed(event: LifeEvent, chance = 0): this {
    const next = step(this.life, event, this.now, chance);
    this.life = next.life;
    this.last = next.effects;
    return this;
  }

  wait(ms: number): this {
    this.now = later(this.now, ms);
    return this.feed({ type: 'alarm' });
  }

  answer(outcome: Granted | Refused | Failed, chance = 0): this {
    const { call } = this.life;
    if (!call) throw new Error('no call is under way');
    return this.feed(
      { type: 'reply', callId: call.id, askedAt: this.now, reply: reply(outcome, this.now.wall) },
      chance,
    );
  }

  ask(force = false): this {
    return this.feed({ type: 'ask', trigger: 'manual', actor: 'admin', force });
  }

  change(changes: Parameters<typeof terms>[0], because: 'secret-changed' | 'api-base' | null = null): this {
    const { line, leadMs, paused, checkMs, leads, secret } = this.life;
    const kept = { line, leadMs, paused, checkMs, leads, secret };
    return this.feed({ type: 'terms', terms: { ...kept, ...changes }, because });
  }

  restart(interrupted = false): this {
    const keep = this.life.token;
    const token = keep && {
      accessToken: keep.accessToken,
      obtainedAt: keep.obtainedAt,
      expiresAt: keep.expiresAt,
      line: keep.line,
    };
    const { line, leadMs, paused, checkMs, leads, secret } = this.life;
    this.now = { wall: this.now.wall, mono: 3 };
    const begun = begin(
      { line, leadMs, paused, checkMs, leads, secret },
      { token, standing: standingOf(this.life), interrupted },
      this.now,
      0,
    );
    this.life = begun.life;
    this.last = begun.effects;
    return this;
  }

  get called(): boolean {
    return this.last.some(({ type }) => type === 'call');
  }

  get nextIn(): number | null {
    return this.life.next && this.life.next.at.wall - this.now.wall;
  }
}

/** A story with its first call under way. */
export const begun = (changes?: Parameters<typeof terms>[0]) => new Story(asking(changes));
/** A story whose first call brought a token. */
export const live = (changes?: Parameters<typeof terms>[0], token = grant('one')) =>
  begun(changes).answer(token);
