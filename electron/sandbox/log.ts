/** What was asked of this WeChat and how it answered, without secrets and tokens. */
import type { Fault } from './faults.ts';

export interface LoggedCall {
  readonly at: number;
  /** Without its query, which may carry a secret. */
  readonly path: string;
  /** null when the call named no account. */
  readonly appId: string | null;
  /** `force_refresh` was true. */
  readonly force: boolean;
  /** null for success, and when the call never reached WeChat. */
  readonly answeredErrcode: number | null;
  /** A token was asked for from an IP that an administrator's refusal still blocks. */
  readonly duringBlock: boolean;
  readonly fault: Fault['kind'] | null;
}

export interface Counters {
  readonly calls: number;
  readonly refused: number;
  readonly faulted: number;
  readonly duringBlock: number;
}

/** A demo may run for weeks: the log forgets the oldest calls, the counters do not. */
const REMEMBERED = 10_000;
const NONE: Counters = { calls: 0, refused: 0, faulted: 0, duringBlock: 0 };
const EVERYONE = '*';

export class Log {
  #calls: LoggedCall[] = [];
  readonly #counters = new Map<string, Counters>();

  record(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > 2 * REMEMBERED) this.#calls = this.#calls.slice(-REMEMBERED);
    for (const key of call.appId === null ? [EVERYONE] : [EVERYONE, call.appId]) {
      const before = this.#counters.get(key) ?? NONE;
      this.#counters.set(key, {
        calls: before.calls + 1,
        refused: before.refused + Number(call.answeredErrcode !== null),
        faulted: before.faulted + Number(call.fault !== null),
        duringBlock: before.duringBlock + Number(call.duringBlock),
      });
    }
  }

  calls(appId?: string): readonly LoggedCall[] {
    return this.#calls.filter((call) => appId === undefined || call.appId === appId);
  }

  counters(appId: string = EVERYONE): Counters {
    return this.#counters.get(appId) ?? NONE;
  }
}
