/**
 * The thin runner round the pure lifecycle: one mailbox an account, effects in their order, one call under way.
 * Each event is taken whole, its effects included, before the next one is looked at.
 */
import type { CheckReply, TokenReply } from '../wechat/wechat.ts';
import { answerToStale, declineCall } from './budget.ts';
import type { Clock } from './clock.ts';
import type {
  Call,
  DeclineCode,
  Effect,
  Life,
  LifeEvent,
  Question,
  Step,
  Terms,
  TokenRecord,
} from './life.ts';
import { begin, type Found, step } from './lifecycle.ts';
import type { Deadline, Moment } from './moment.ts';
import { nextDeadline } from './plan.ts';

export interface Declined {
  readonly code: DeclineCode;
  readonly until: number | null;
}

/** What a keeper needs of the rooms around it. `keep`, `record` and `note` deal with their own faults and never throw. */
export interface KeeperPorts {
  readonly clock: Clock;
  /** A random number in [0, 1). */
  readonly chance: () => number;
  /** Runs a call when one of the places is free; places are shared by all accounts. */
  readonly gate: <T>(run: () => Promise<T>) => Promise<T>;
  readonly ask: (call: Call, signal: AbortSignal) => Promise<TokenReply>;
  readonly check: (accessToken: string, signal: AbortSignal) => Promise<CheckReply>;
  /** Resolves when it is written down that a call leaves; never throws. */
  readonly noteAsking: (since: number) => Promise<void>;
  readonly keep: (token: TokenRecord) => Promise<void>;
  readonly record: (effect: Extract<Effect, { type: 'record' }>) => void;
  readonly note: (effect: Extract<Effect, { type: 'note' }>) => void;
  /** Called after every step, when its effects are done. */
  readonly announce: () => void;
  readonly setAlarm: (at: Deadline | null) => void;
  readonly fault: (error: unknown) => void;
}

export class Keeper {
  readonly #ports: KeeperPorts;
  readonly #abort = new AbortController();
  #life: Life;
  #mailbox: Promise<unknown> = Promise.resolve();
  #underWay: Promise<void> | null = null;
  #checking: { readonly accessToken: string; readonly reply: Promise<CheckReply> } | null = null;

  /** Takes the life up; its first effects run at once, in the background. */
  constructor(terms: Terms, found: Found, ports: KeeperPorts) {
    this.#ports = ports;
    const first = begin(terms, found, ports.clock(), ports.chance());
    this.#life = first.life;
    this.#enqueue(() => this.#carryOut(first));
  }

  get life(): Life {
    return this.#life;
  }

  /** Takes an event in its turn; resolves when its effects are done, calls that left excepted. */
  post(event: LifeEvent): Promise<Declined | null> {
    return this.#enqueue(() => {
      const { clock, chance } = this.#ports;
      return this.#carryOut(step(this.#life, event, clock(), chance()));
    });
  }

  /** Asks for a token, or joins the call under way; resolves when the attempt that answers has ended. */
  async ask(question: Question): Promise<Declined | null> {
    const declined = await this.post({ type: 'ask', ...question });
    if (!declined) await this.settled();
    return declined;
  }

  /** Begins the leak drill; resolves when its first call has ended. */
  async drill(actor: string): Promise<Declined | null> {
    const declined = await this.post({ type: 'drill', actor });
    if (!declined) await this.settled();
    return declined;
  }

  /**
   * A business server found the current token dead: another is asked for, or first whether this one lives, or neither
   * (budget.ts). Everyone who asks meanwhile shares the answer; resolves when it is there.
   */
  async renew(actor: string): Promise<Declined | null> {
    const life = this.#life;
    const now = this.#ports.clock();
    const question = { trigger: 'passive', actor, force: false } as const;
    const decline = life.call ? null : declineCall(life, question, now);
    if (decline) return decline;
    const way = life.token ? answerToStale(life, life.token, now) : 'known';
    if (way === 'ask') return this.ask(question);
    if (way === 'check' && life.token) await this.check(life.token.accessToken, actor);
    await this.settled();
    return null;
  }

  /** Asks WeChat about a token and takes what it says; everyone who asks meanwhile gets the one answer. */
  check(accessToken: string, actor: string): Promise<CheckReply> {
    if (this.#checking?.accessToken === accessToken) return this.#checking.reply;
    const reply = this.#check(accessToken, actor).finally(() => {
      if (this.#checking?.reply === reply) this.#checking = null;
    });
    this.#checking = { accessToken, reply };
    return reply;
  }

  async #check(accessToken: string, actor: string): Promise<CheckReply> {
    const { check, gate, clock, fault } = this.#ports;
    const since = clock();
    const reply = await gate(() => check(accessToken, this.#abort.signal)).catch((error: unknown) => {
      fault(error);
      return ourFault(since, clock());
    });
    await this.post({ type: 'checked', accessToken, actor, reply });
    return reply;
  }

  /** Resolves when no call is under way any more. */
  async settled(): Promise<void> {
    await this.#mailbox;
    while (this.#underWay) await this.#underWay;
  }

  /** Ends the keeper: a call under way is cut off and its answer, should one come, is not taken. */
  stop(): void {
    this.#abort.abort();
    this.#ports.setAlarm(null);
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T | null> {
    const turn = this.#mailbox
      .then(() => (this.#abort.signal.aborted ? null : work()))
      .catch((error: unknown) => {
        this.#ports.fault(error);
        return null;
      });
    this.#mailbox = turn;
    return turn;
  }

  /** Effects first, then the life they belong to: the old token is handed out until the new one is safe. */
  async #carryOut(next: Step): Promise<Declined | null> {
    try {
      for (const effect of next.effects) await this.#perform(effect);
    } finally {
      this.#life = next.life;
      this.#ports.setAlarm(nextDeadline(next.life));
      this.#ports.announce();
      for (const effect of next.effects) {
        if (effect.type === 'call') this.#leave(effect.call);
        if (effect.type === 'check') this.check(effect.accessToken, 'console').catch(this.#ports.fault);
      }
    }
    const declined = next.effects.find((effect) => effect.type === 'decline');
    return declined ? { code: declined.code, until: declined.until } : null;
  }

  async #perform(effect: Effect): Promise<void> {
    if (effect.type === 'keep') await this.#ports.keep(effect.token);
    if (effect.type === 'record') this.#ports.record(effect);
    if (effect.type === 'note') this.#ports.note(effect);
  }

  #leave(call: Call): void {
    const underWay = this.#askThrough(call)
      .then((event) => this.post(event))
      .catch(this.#ports.fault)
      .finally(() => {
        if (this.#underWay === underWay) this.#underWay = null;
      })
      .then(() => undefined);
    this.#underWay = underWay;
  }

  /** A call always ends in a reply: an account must not wait for ever on a fault of ours. */
  async #askThrough(call: Call): Promise<Extract<LifeEvent, { type: 'reply' }>> {
    let askedAt: Moment = call.since;
    const ask = async () => {
      await this.#ports.noteAsking(this.#ports.clock().wall);
      askedAt = this.#ports.clock();
      return this.#ports.ask(call, this.#abort.signal);
    };
    const reply = await this.#ports.gate(ask).catch((error: unknown) => {
      this.#ports.fault(error);
      return ourFault(askedAt, this.#ports.clock());
    });
    return { type: 'reply', callId: call.id, askedAt, reply };
  }
}

function ourFault(askedAt: Moment, now: Moment): TokenReply & CheckReply {
  return {
    outcome: 'failed',
    class: 'transient',
    reason: 'network',
    errmsg: 'network: the request could not be made; the log says why',
    askedAt: askedAt.wall,
    durationMs: now.mono - askedAt.mono,
    wechatClock: null,
  };
}
