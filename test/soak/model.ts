/** What the console has acknowledged, what WeChat saw of it, and what must therefore be true. */
import type { AccountView, StateView } from '../../electron/console/contract.ts';
import type { startSandbox } from '../../electron/sandbox/server.ts';
import type { Report, SoakConsole } from './console.ts';

export interface Known {
  readonly appId: string;
  readonly secret: string;
  name: string;
}

const MINUTE = 60_000;
/** What WeChat's answer forbids from then on, unless a person acts: the table of docs and keeper/plan.ts. */
const QUIET_MS: Readonly<Record<number, number>> = {
  45009: 30 * MINUTE,
  40164: 5 * MINUTE,
  89503: 5 * MINUTE,
  89507: 60 * MINUTE,
  40125: Number.POSITIVE_INFINITY,
  40013: Number.POSITIVE_INFINITY,
  50002: Number.POSITIVE_INFINITY,
};

/** WeChat carried the call out, and its answer did not come whole. */
const LOST: ReadonlySet<string> = new Set(['cut-off', 'broken-json', 'no-answer']);

/** The notices that tell a person that accounts, keys or changes may be missing. */
const LOSS_TOLD: ReadonlySet<string> = new Set(['ledger-set-aside', 'ledger-restored', 'accounts-missing']);

export class Model {
  readonly accounts = new Map<string, Known>();
  readonly clients = new Map<string, string>();
  /** Every AppSecret there ever was. */
  readonly secrets = new Set<string>();
  /** When a person last did something with an account. */
  readonly #acts = new Map<string, number>();
  readonly #report: Report;
  readonly #sandbox: Awaited<ReturnType<typeof startSandbox>>;
  readonly #killedAt: number[] = [];
  #jumpedAt = 0;
  #callsSeen = 0;
  /** Newest history row that was read, to be found again. */
  #row: { readonly id: number; readonly text: string } | null = null;
  /** Whether the ledger was damaged since: what is missing must then be told. */
  isDamaged = false;
  damagedAt = 0;

  constructor(report: Report, sandbox: Awaited<ReturnType<typeof startSandbox>>) {
    this.#report = report;
    this.#sandbox = sandbox;
  }

  /** The console is about to be killed: an answer that was on its way to it is lost. */
  noteKill(): void {
    this.#killedAt.push(Date.now());
  }

  /** Whether WeChat may have given a token whose answer never came: the one before it is then dead, and nobody knows. */
  hasLostAnAnswer(appId: string): boolean {
    return this.#sandbox.world.calls(appId).some(({ path, fault, at }) => {
      const isLost = fault !== null && LOST.has(fault);
      return /token$/.test(path) && (isLost || this.#wasKilledAt(at));
    });
  }

  /** Its clock has jumped: by it a block may be over, or a token. */
  noteJump(): void {
    this.#jumpedAt = Date.now();
  }

  act(appId: string): void {
    this.#acts.set(appId, Date.now());
  }

  /** Compares what the console says it has with what it has acknowledged. */
  async checkState(console: SoakConsole): Promise<void> {
    const answer = await console.run('state.get', {});
    if (!answer.ok) return this.#report('state', answer.error.message);
    const state: StateView = answer.value;
    const isTold = state.notices.some(({ id }) => LOSS_TOLD.has(id));
    const views = new Map(state.accounts.map((view) => [view.appId, view]));
    for (const known of this.accounts.values()) this.#checkAccount(known, views.get(known.appId), isTold);
    const listed = await console.run('clients.list', {});
    const ids = new Set(listed.ok ? listed.value.rows.map(({ id }) => id) : []);
    for (const id of [...this.clients.keys()].filter((known) => listed.ok && !ids.has(known))) {
      if (!isTold) this.#report('client key lost', id);
      this.clients.delete(id);
    }
    if (!listed.ok) this.#report('client keys', listed.error.message);
    await this.#checkHistory(console);
  }

  #checkAccount(known: Known, view: AccountView | undefined, isTold: boolean): void {
    if (view === undefined) {
      if (!isTold) this.#report('account lost', known.appId);
      this.accounts.delete(known.appId);
    } else if (view.secret !== 'stored') this.#report('AppSecret lost', `${known.appId}: ${view.secret}`);
    else if (view.name !== known.name && !isTold) this.#report('change lost', `${known.appId}: ${view.name}`);
  }

  async #checkHistory(console: SoakConsole): Promise<void> {
    const answer = await console.run('history.query', { limit: 500 });
    if (!answer.ok) return this.isDamaged ? undefined : this.#report('history', answer.error.message);
    const { rows } = answer.value;
    const before = this.#row;
    const again = rows.find(({ id }) => id === before?.id);
    const isGone = before !== null && (rows[0]?.id ?? 0) < before.id;
    if (!this.isDamaged && (isGone || (again && JSON.stringify(again) !== before?.text))) {
      this.#report('history row lost', `${before?.id}`);
    }
    this.#row = rows[0] ? { id: rows[0].id, text: JSON.stringify(rows[0]) } : null;
    this.isDamaged = false;
  }

  /** No AppSecret and no token in any file but the vault, nor in the log. */
  checkLeaks(console: SoakConsole): void {
    const words = new Set([...this.secrets, ...this.tokens()]);
    for (const [name, content] of console.readable()) {
      for (const word of words) if (content.includes(word)) this.#report('leak', `in ${name}`);
    }
  }

  tokens(): readonly string[] {
    const { world } = this.#sandbox;
    return [...this.accounts.keys()].flatMap((appId) =>
      (['standard', 'stable'] as const).flatMap((line) =>
        world.usableTokens(appId, line).map(({ accessToken }) => accessToken),
      ),
    );
  }

  /** The calls since the last look: none during a block, none before the plan has it, no two at once. */
  checkCalls(): void {
    const { world } = this.#sandbox;
    const calls = world.calls().slice(-5000);
    const fresh = calls.filter(({ at }) => at > this.#callsSeen);
    for (const call of fresh) {
      if (!/token$/.test(call.path) || call.appId === null) continue;
      const { appId, at } = call;
      if (call.duringBlock && !this.#actedAround(appId, at) && this.#jumpedAt === 0)
        this.#report('call during a block', appId);
      const earlier = calls.filter(
        (other) => other.appId === appId && /token$/.test(other.path) && other.at < at,
      );
      const last = earlier.at(-1);
      const quiet = QUIET_MS[last?.answeredErrcode ?? 0] ?? 0;
      // A ledger that was damaged may have lost how the account stands, with the rest that changes all the time.
      if (last && this.damagedAt >= last.at) continue;
      // Killed before it had read or written down the answer, it cannot know of it.
      if (last && (this.#jumpedAt >= last.at - 1000 || this.#wasKilledAt(last.at))) continue;
      const wasAnswered = last?.fault === null || last?.fault === 'errcode';
      if (last && wasAnswered && at - last.at < quiet - 1000 && !this.#actedAround(appId, at)) {
        this.#report('call not allowed', `${appId}: ${at - last.at} ms after ${last.answeredErrcode}`);
      }
    }
    this.#callsSeen = calls.at(-1)?.at ?? this.#callsSeen;
  }

  /** Whether it was killed within a second after a call. */
  #wasKilledAt(at: number): boolean {
    return this.#killedAt.some((killed) => killed >= at && killed - at < 1000);
  }

  #actedAround(appId: string, at: number): boolean {
    return Math.abs(at - (this.#acts.get(appId) ?? 0)) < 25_000;
  }
}
