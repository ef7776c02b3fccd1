/** One account of the console: its row, its keeper, and the view its listeners last saw. */
import type { Clock } from '../keeper/clock.ts';
import { Keeper, type KeeperPorts } from '../keeper/keeper.ts';
import {
  type Call,
  type Effect,
  type HeldToken,
  lives,
  type Standing,
  standing,
  type Terms,
  type TokenRecord,
  tokenRecord,
} from '../keeper/life.ts';
import type { Deadline } from '../keeper/moment.ts';
import { MINUTE } from '../keeper/schedule.ts';
import type { AccountRow, Ledger } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import type { TokenReply, Wechat } from '../wechat/wechat.ts';
import type { Books } from './books.ts';
import type { AccountView, HistoryRow } from './contract.ts';
import type { HandedToken } from './handout.ts';
import type { Safe } from './safe.ts';
import { accountView, fingerprint, onThisClock } from './view.ts';

/** What the accounts of one console share. */
export interface Commons {
  readonly clock: Clock;
  readonly chance: () => number;
  readonly wechat: Wechat;
  readonly ledger: Ledger;
  readonly safe: Safe;
  readonly books: Books;
  readonly log: Log;
  readonly gate: KeeperPorts['gate'];
  /** The role of an account whose part is not settled yet. */
  readonly initialRole: () => AccountView['role'];
  /** The role of an account at this very moment. */
  readonly roleNow: (appId: string) => AccountView['role'];
  readonly setAlarm: (appId: string, at: Deadline | null) => void;
  /** Called whenever something about the account may have changed. */
  readonly announce: (account: Account) => void;
}

export class Account {
  readonly #commons: Commons;
  row: AccountRow;
  /** null until the vault was read. */
  keeper: Keeper | null = null;
  ready: Promise<void> = Promise.resolve();
  shown: AccountView;
  #role: AccountView['role'];
  #hasEnded = false;
  #isRead = false;
  #handed: { readonly of: HeldToken; readonly token: HandedToken } | null = null;

  constructor(row: AccountRow, commons: Commons) {
    this.#commons = commons;
    this.row = row;
    this.#role = commons.initialRole();
    this.shown = this.view();
  }

  view(): AccountView {
    const { clock } = this.#commons;
    return accountView(this.row, this.keeper?.life ?? null, this.secretState, this.#role, clock());
  }

  /** Reads the account's secret and token, once the vault was looked at, and takes its life up. */
  wakeAfter(probed: Promise<unknown>): Promise<void> {
    const open = () => this.#commons.safe.open(this.row.appId);
    this.ready = probed.then(open).then((token) => this.begin(token));
    return this.ready;
  }

  /** Takes the account's life up with a token that may be at hand; resolves when its first step is done. */
  async begin(token: TokenRecord | null): Promise<void> {
    this.#isRead = true;
    const { standing: stored, askingSince } = this.#commons.ledger.kept(this.row.appId);
    const ended = askingSince === null || (token !== null && token.obtainedAt >= askingSince);
    const found = { token, standing: this.#readStanding(stored), interrupted: !ended };
    this.keeper = new Keeper(this.#terms(), found, this.#ports());
    await this.keeper.post({ type: 'alarm' });
  }

  /** Until the vault was read, what is usual: it is known in a moment, and nothing is asked before. */
  get secretState(): AccountView['secret'] {
    if (!this.#isRead) return 'stored';
    return this.#commons.safe.stateOf(this.row.appId, this.row.apiBase);
  }

  isSecret(text: string): boolean {
    return this.#commons.safe.secretFor(this.row.appId, this.row.apiBase) === text;
  }

  /** Cuts a call under way off; nothing more is asked. Returns the token there is. */
  halt(): TokenRecord | null {
    const token = this.keeper?.life.token ?? null;
    this.keeper?.stop();
    this.keeper = null;
    return token && tokenRecord.parse(token);
  }

  /** The account is no more: what ends later leaves no row of it. */
  end(): void {
    this.#hasEnded = true;
  }

  /** Tells the keeper that row or secret changed, and why it may have to ask. */
  async obey(because: 'secret-changed' | 'api-base' | null): Promise<void> {
    await this.keeper?.post({ type: 'terms', terms: this.#terms(), because });
    this.#commons.announce(this);
  }

  /** Whether this console asks for the account from now on, or follows another that does. */
  async setRole(role: AccountView['role']): Promise<void> {
    if (role === this.#role) return;
    this.#role = role;
    await this.obey(null);
  }

  /** The live token as it is handed out; made anew only when the token or the wall clock changed. */
  handed(): HandedToken | null {
    const held = this.keeper?.life.token ?? null;
    const now = this.#commons.clock();
    if (!lives(held, now)) {
      // A timer is late: whoever finds the token over has the console look now, not when it rings.
      if (held) void this.keeper?.post({ type: 'alarm' });
      return null;
    }
    const endsAt = onThisClock(held.ends, now);
    if (this.#handed?.of === held && this.#handed.token.endsAt === endsAt) return this.#handed.token;
    const { ends: _, ...record } = held;
    const token = { ...record, endsAt, fingerprint: fingerprint(held.accessToken) };
    this.#handed = { of: held, token };
    return token;
  }

  /** Reads a vault again that was locked; a token that still lives there is used. */
  async unlock(): Promise<void> {
    const token = await this.#commons.safe.open(this.row.appId);
    if (token) await this.keeper?.post({ type: 'found', token });
    await this.obey(null);
  }

  /** Writes down what a person did with the token: revealed or copied it, or tried a new AppSecret. */
  note(deed: Pick<HistoryRow, 'trigger' | 'outcome'> & Partial<HistoryRow>): void {
    if (this.#hasEnded) return;
    const { clock, books } = this.#commons;
    const token = this.keeper?.life.token ?? null;
    books.record({
      appId: this.row.appId,
      at: clock().wall,
      actor: 'admin',
      line: token?.line ?? this.row.line,
      errcode: null,
      errmsg: null,
      rid: null,
      ip: null,
      expiresIn: token && Math.round((token.expiresAt - clock().wall) / 1000),
      fingerprint: token && fingerprint(token.accessToken),
      durationMs: 0,
      ...deed,
    });
  }

  /** Asks WeChat for a token with a secret that is not this account's yet; what comes is not kept. */
  async trySecret(secret: string): Promise<TokenReply> {
    const { gate, wechat } = this.#commons;
    const { appId, apiBase } = this.row;
    const request = { line: 'stable', force: false, appId, secret, apiBase } as const;
    const reply = await gate(() => wechat.fetchToken(request));
    const { outcome, askedAt: at, durationMs } = reply;
    const refused = outcome === 'refused' ? reply : null;
    this.note({
      ...{ trigger: 'secret-changed', line: 'stable', outcome, at, durationMs },
      ...{ errcode: refused?.errcode ?? null, rid: refused?.rid ?? null, ip: refused?.ip ?? null },
      errmsg: outcome === 'granted' ? null : reply.errmsg,
      expiresIn: outcome === 'granted' ? reply.expiresIn : null,
      fingerprint: outcome === 'granted' ? fingerprint(reply.accessToken) : null,
    });
    return reply;
  }

  #terms(): Terms {
    const { line, leadSeconds, paused, checkMinutes } = this.row;
    const state = this.secretState;
    const secret = state === 'missing' || state === 'locked' ? state : 'present';
    const checkMs = checkMinutes === 0 ? null : checkMinutes * MINUTE;
    const leads = this.#role !== 'following';
    return { line, leadMs: leadSeconds * 1000, paused, checkMs, leads, secret };
  }

  /** The last look before something leaves: the address is one that the AppSecret was given for. */
  #destination() {
    const { appId, apiBase } = this.row;
    const secret = this.#commons.safe.secretFor(appId, apiBase);
    if (secret === null) throw new Error(`there is no AppSecret that may go to ${apiBase}`);
    return { appId, apiBase, secret };
  }

  #ports(): KeeperPorts {
    const { clock, chance, gate, wechat, safe, books, log, setAlarm, announce, roleNow } = this.#commons;
    const { appId } = this.row;
    return {
      clock,
      chance,
      gate,
      ask: async (call, signal) => {
        if (roleNow(appId) === 'following') return this.#overtaken(call);
        const { line, force } = call;
        return wechat.fetchToken({ line, force, ...this.#destination() }, signal);
      },
      check: async (accessToken, signal) => {
        const { apiBase } = this.#destination();
        return wechat.checkToken({ apiBase, accessToken }, signal);
      },
      noteAsking: (since) => books.noteAsking(appId, since),
      keep: (token) => safe.keepToken(appId, token),
      record: (effect) => this.#record(effect),
      note: (effect) => this.#noteCheck(effect),
      setAlarm: (at) => setAlarm(appId, at),
      announce: () => announce(this),
      fault: (error) => log.error({ appId, fault: String(error) }, 'a step of the keeper failed'),
    };
  }

  /** This process slept, and another console leads by now: the call that was to leave does not. */
  #overtaken({ since }: Call): TokenReply {
    void this.setRole('following');
    const errmsg = 'network: another console asks for this account now';
    const reply = { outcome: 'failed', class: 'transient', reason: 'network', errmsg } as const;
    return { ...reply, askedAt: since.wall, durationMs: 0, wechatClock: null };
  }

  #record({ call, attempt, granted, standing: next }: Extract<Effect, { type: 'record' }>): void {
    if (this.#hasEnded) return;
    const { books, log } = this.#commons;
    const { appId } = this.row;
    const { at, trigger, outcome, errcode, errmsg, rid, ip, durationMs } = attempt;
    const row = {
      ...{
        appId,
        at,
        trigger,
        actor: call.actor,
        line: call.line,
        outcome,
        errcode,
        errmsg,
        rid,
        ip,
        durationMs,
      },
      expiresIn: granted?.expiresIn ?? null,
      fingerprint: granted && fingerprint(granted.accessToken),
    };
    books.record(row, JSON.stringify(next));
    const facts = { appId, trigger, line: call.line, outcome, errcode, rid, ip, durationMs };
    if (outcome === 'granted') log.info(facts, 'token granted');
    else log.warn({ ...facts, errmsg }, 'no token');
  }

  #noteCheck({ actor, accessToken, reply, standing: next }: Extract<Effect, { type: 'note' }>): void {
    if (this.#hasEnded) return;
    const { books, log } = this.#commons;
    const { appId } = this.row;
    const { askedAt: at, durationMs } = reply;
    const refused = reply.outcome === 'refused' ? reply : null;
    const outcome = reply.outcome === 'valid' ? ('granted' as const) : reply.outcome;
    const told = { errcode: refused?.errcode ?? null, rid: refused?.rid ?? null, ip: refused?.ip ?? null };
    const errmsg = reply.outcome === 'valid' ? null : reply.errmsg;
    const row = {
      ...{ appId, at, trigger: 'verify' as const, actor, line: this.row.line, outcome, ...told, errmsg },
      ...{ expiresIn: null, fingerprint: fingerprint(accessToken), durationMs },
    };
    books.record(row, JSON.stringify(next));
    if (refused) log.warn({ appId, trigger: 'verify', outcome, ...told, durationMs }, 'token not accepted');
  }

  #readStanding(text: string | null): Standing | null {
    if (text === null) return null;
    const parsed = standing.safeParse(safeJson(text));
    if (parsed.success) return parsed.data;
    this.#commons.log.warn({ appId: this.row.appId }, 'the stored standing is unreadable and was left out');
    return null;
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
