/**
 * The rules of a token's life, held against random histories: replies of every kind, delays, clock jumps, sleep,
 * commands and restarts. The model knows only what the rules say; it never looks at how the lifecycle decides.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  type Call,
  type Effect,
  type Life,
  lives,
  standing,
  standingOf,
  type Terms,
  type TokenRecord,
} from '../../../electron/keeper/life.ts';
import { begin, step } from '../../../electron/keeper/lifecycle.ts';
import { left, type Moment } from '../../../electron/keeper/moment.ts';
import { nextDeadline } from '../../../electron/keeper/plan.ts';
import { HOUR, MINUTE, PROBE_BUDGET } from '../../../electron/keeper/schedule.ts';
import type { Failed, Granted, Refused, ReplyClass } from '../../../electron/wechat/wechat.ts';
import { checkReply, grant, noAnswer, refusal, reply, START, terms } from '../../support/keeper-lives.ts';

type Doing =
  | { do: 'pass'; ms: number }
  | { do: 'sleep'; ms: number }
  | { do: 'set-clock'; ms: number }
  | { do: 'ask'; force: boolean; trigger: 'manual' | 'passive' }
  | { do: 'answer'; with: Granted | Refused | Failed | 'same-token' }
  | { do: 'stale-answer'; with: Granted }
  | { do: 'terms'; changes: Partial<Terms>; because: 'secret-changed' | 'api-base' | null }
  | { do: 'check'; errcode: number | null }
  | { do: 'drill' }
  | { do: 'adopt'; life: number }
  | { do: 'restart' };

const CODES: [number, ReplyClass][] = [
  [-1, 'transient'],
  [45011, 'transient'],
  [45009, 'quota'],
  [40164, 'not-whitelisted'],
  [89503, 'awaiting-admin'],
  [89501, 'awaiting-admin'],
  [89507, 'refused'],
  [89506, 'refused'],
  [40125, 'secret'],
  [40243, 'secret'],
  [40013, 'account'],
  [12345, 'unknown'],
];

let minted = 0;
const granted = fc.integer({ min: 1, max: 7200 }).map((life) => {
  minted += 1;
  return grant(`token-${minted}`, life);
});
const refused = fc.constantFrom(...CODES).map(([code, of]) => refusal(code, of, '203.0.113.7'));
const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3 * HOUR }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: MINUTE }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.integer({ min: 1, max: 9 * HOUR }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('set-clock' as const),
      ms: fc.integer({ min: -30 * HOUR, max: 30 * HOUR }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      force: fc.boolean(),
      trigger: fc.constantFrom('manual' as const, 'passive' as const),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      with: fc.oneof(
        granted,
        granted,
        fc.constant('same-token' as const),
        refused,
        refused,
        fc.constant(noAnswer),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stale-answer' as const), with: granted }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('terms' as const),
      changes: fc.record(
        {
          line: fc.constantFrom('standard' as const, 'stable' as const),
          paused: fc.boolean(),
          secret: fc.constantFrom(
            'present' as const,
            'present' as const,
            'missing' as const,
            'locked' as const,
          ),
          leadMs: fc.integer({ min: 60_000, max: 3_600_000 }),
          checkMs: fc.constantFrom(null, MINUTE, 5 * MINUTE),
          leads: fc.constantFrom(true, true, true, false),
        },
        { requiredKeys: [] },
      ),
      because: fc.constantFrom('secret-changed' as const, 'api-base' as const, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('check' as const),
      errcode: fc.constantFrom(null, 40001, 42001, 40164, -1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drill' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('adopt' as const), life: fc.integer({ min: 1, max: 7200 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** The bounds of design.md's table; null: only a person. */
const LONGEST: Record<ReplyClass, number | null> = {
  transient: 5 * MINUTE,
  quota: 4 * HOUR,
  'not-whitelisted': 30 * MINUTE,
  'awaiting-admin': 5 * MINUTE,
  refused: null,
  secret: null,
  account: null,
  unknown: 30 * MINUTE,
};

class Model {
  now: Moment = START;
  life: Life;
  vault: TokenRecord | null = null;
  standing = standingOf(begin(terms(), { token: null, standing: null, interrupted: false }, START, 0).life);
  asking = false;
  underWay = 0;
  readonly #chance: () => number;

  constructor(chance: () => number) {
    this.#chance = chance;
    const first = begin(terms(), { token: null, standing: null, interrupted: false }, this.now, chance());
    this.life = first.life;
    this.#apply(first.effects, 'restart', false);
  }

  perform(act: Doing): void {
    switch (act.do) {
      case 'pass':
        this.#pass(act.ms);
        break;
      case 'sleep':
        this.now = { ...this.now, wall: this.now.wall + act.ms };
        this.#feed({ type: 'alarm' });
        break;
      case 'set-clock':
        this.now = { ...this.now, wall: this.now.wall + act.ms };
        this.#feed({ type: 'alarm' });
        break;
      case 'ask':
        this.#feed({ type: 'ask', trigger: act.trigger, actor: 'admin', force: act.force });
        break;
      case 'answer':
        this.#answer(act.with);
        break;
      case 'stale-answer':
        this.#stale(act.with);
        break;
      case 'terms':
        this.#feed({
          type: 'terms',
          terms: { ...this.#terms(), ...act.changes },
          because: act.because,
        });
        break;
      case 'check':
        this.#check(act.errcode);
        break;
      case 'drill':
        this.#feed({ type: 'drill', actor: 'admin' });
        break;
      case 'adopt':
        this.#adopt(act.life);
        break;
      case 'restart':
        this.#restart();
        break;
    }
  }

  #terms(): Terms {
    const { line, leadMs, paused, checkMs, leads, secret } = this.life;
    return { line, leadMs, paused, checkMs, leads, secret };
  }

  /** Time passes as it does for the alarm clock: it rings at each deadline, and looks at least every minute. */
  #pass(ms: number): void {
    const end = this.now.mono + ms;
    while (this.now.mono < end) {
      const deadline = nextDeadline(this.life);
      const until = deadline ? Math.max(1, left(deadline, this.now)) : MINUTE;
      const by = Math.min(until, MINUTE, end - this.now.mono);
      this.now = { wall: this.now.wall + by, mono: this.now.mono + by };
      this.#feed({ type: 'alarm' });
      const due = this.life.next !== null && left(this.life.next.at, this.now) <= 0;
      const able = this.life.leads && !this.life.paused && this.life.secret === 'present' && !this.life.call;
      if (due && able) throw new Error('an alarm rang and nothing was asked');
    }
  }

  #answer(with_: Granted | Refused | Failed | 'same-token'): void {
    const { call } = this.life;
    if (!call) return;
    const said = with_ === 'same-token' ? grant(this.life.token?.accessToken ?? 'first', 300) : with_;
    this.underWay -= 1;
    this.#feed({ type: 'reply', callId: call.id, askedAt: call.since, reply: reply(said, call.since.wall) });
  }

  /** The check under way is answered, or a person asks about the token there is. */
  #check(errcode: number | null): void {
    const accessToken = this.life.checking ?? this.life.token?.accessToken;
    if (accessToken === undefined) return;
    const reply = checkReply(errcode, this.now.wall, errcode === 40164 ? '198.51.100.8' : null);
    this.#feed({ type: 'checked', accessToken, actor: 'admin', reply });
  }

  /** The console that leads has got a token; this one does not. */
  #adopt(lifeSeconds: number): void {
    if (this.life.leads) return;
    const { wall } = this.now;
    minted += 1;
    const expiresAt = wall + lifeSeconds * 1000;
    const token = { accessToken: `token-${minted}`, obtainedAt: wall, expiresAt, line: this.life.line };
    this.#feed({ type: 'adopted', token });
  }

  #stale(with_: Granted): void {
    const before = this.life;
    const event = {
      type: 'reply',
      callId: this.life.calls + 7,
      askedAt: START,
      reply: reply(with_),
    } as const;
    this.#feed(event);
    if (this.life !== before) throw new Error('an older answer changed a life');
  }

  #feed(event: Parameters<typeof step>[1]): void {
    const before = this.life;
    const next = step(before, event, this.now, this.#chance());
    this.life = next.life;
    this.#apply(next.effects, event.type, event.type === 'ask' && event.force);
    if (event.type === 'ask' && event.trigger === 'passive') this.#checkPassive(before, next.effects);
    this.#checkToken(before, event);
    this.#checkPlan(event.type === 'reply' && next.life !== before);
  }

  #restart(): void {
    const found = { token: this.vault, standing: this.standing, interrupted: this.asking };
    this.now = { wall: this.now.wall + 5000, mono: 100 };
    this.underWay = 0;
    const begun = begin(this.#terms(), found, this.now, this.#chance());
    this.life = begun.life;
    this.#apply(begun.effects, 'restart', false);
    const isBuried = this.vault?.obtainedAt === this.standing.buried;
    const isKept = this.vault !== null && this.vault.expiresAt > this.now.wall && !isBuried;
    const kept = isKept ? (this.vault?.accessToken ?? null) : null;
    if ((this.life.token?.accessToken ?? null) !== kept) throw new Error('a restart lost or revived a token');
  }

  #apply(effects: readonly Effect[], because: string, forced: boolean): void {
    for (const effect of effects) {
      if (effect.type === 'keep') this.vault = effect.token;
      if (effect.type === 'record') {
        this.standing = effect.standing;
        this.asking = false;
      }
      if (effect.type === 'note') this.standing = effect.standing;
      if (effect.type === 'call') this.#checkCall(effect.call, because, forced || effect.call.force);
      if (effect.type === 'check') this.#checkCheck();
    }
  }

  /** What a business server may cause: a call only where nothing is wrong, or what is wrong passes by itself. */
  #checkPassive(before: Life, effects: readonly Effect[]): void {
    const asked = effects.some(({ type }) => type === 'call');
    if (before.call && asked) throw new Error('a business server’s question beside a call under way');
    const isHarmless = before.trouble === null || before.trouble.class === 'transient';
    if (asked && !isHarmless) throw new Error(`a business server’s call (${before.trouble?.class})`);
    if (asked && before.paused) throw new Error('a business server’s call while paused');
  }

  #checkCheck(): void {
    if (!this.life.leads || this.life.paused || this.life.call)
      throw new Error('a check beside a call, while paused or following');
    const { trouble } = this.life;
    const isTouchy = ['refused', 'awaiting-admin', 'not-whitelisted'].includes(trouble?.class ?? '');
    if (isTouchy) throw new Error(`a check by itself while the address is in question (${trouble?.class})`);
  }

  #checkCall({ trigger }: Call, because: string, forced: boolean): void {
    this.underWay += 1;
    this.asking = true;
    if (this.underWay > 1) throw new Error('two calls under way for one account');
    if (this.life.secret !== 'present') throw new Error('asked without a secret');
    if (!this.life.leads) throw new Error('asked while another console leads');
    const { trouble } = this.life;
    if (trouble?.class !== 'refused') return;
    const isDrill = this.life.drill?.callId === this.life.call?.id;
    const isAsked = because === 'ask' || (trigger === 'manual' && forced);
    if (!isAsked && !isDrill) throw new Error(`asked during a refusal by itself (${because})`);
    if (!forced && this.now.wall < (trouble.until ?? 0)) throw new Error('asked inside the block, unforced');
  }

  #checkToken(before: Life, event: Parameters<typeof step>[1]): void {
    if (!lives(before.token, this.now)) return;
    const newest =
      event.type === 'reply' && event.reply.outcome === 'granted'
        ? event.reply.accessToken
        : event.type === 'adopted'
          ? event.token.accessToken
          : null;
    const now = this.life.token?.accessToken;
    const isDead =
      event.type === 'checked' &&
      event.reply.outcome === 'refused' &&
      [40001, 42001].includes(event.reply.errcode) &&
      event.accessToken === before.token.accessToken;
    if (isDead) {
      if (now !== undefined) throw new Error('a token WeChat calls dead is still handed out');
      return;
    }
    if (now !== before.token.accessToken && now !== newest) throw new Error('a live token was lost');
    if (
      newest !== null &&
      now === newest &&
      this.life.overlap === null &&
      newest !== before.token.accessToken
    ) {
      throw new Error('the token before was not kept for the overlap');
    }
  }

  #checkPlan(answered: boolean): void {
    const { life, now } = this;
    if (!standing.safeParse(standingOf(life)).success)
      throw new Error('a standing that a restart cannot read');
    if (life.call || life.paused || !life.leads || life.secret !== 'present') return;
    const { trouble, next } = life;
    if (!trouble) {
      if (!next) throw new Error('a wait without an end');
      if (left(next.at, now) > 2 * HOUR) throw new Error('a refresh further off than a life');
      return;
    }
    const longest = LONGEST[trouble.class];
    const exhausted = trouble.class === 'awaiting-admin' && trouble.probes >= PROBE_BUDGET;
    if (longest === null || exhausted) {
      if (next) throw new Error(`a plan where only a person acts (${trouble.class})`);
      return;
    }
    if (!next) throw new Error(`a wait without an end (${trouble.class})`);
    if (left(next.at, now) > longest) throw new Error(`a back-off beyond its bound (${trouble.class})`);
    if (answered && !life.token && trouble.class === 'transient' && trouble.errcode === null) {
      if (left(next.at, now) > MINUTE) throw new Error('a retry beyond a minute without a token');
    }
  }
}

describe('the life of a token, over random histories', () => {
  it('keeps every rule', () => {
    const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.array(doing, { minLength: 1, maxLength: 80 }), chances, (acts, drawn) => {
        let n = 0;
        const model = new Model(() => drawn[n++ % drawn.length] ?? 0);
        for (const act of acts) model.perform(act);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 3000) },
    );
  });
});
