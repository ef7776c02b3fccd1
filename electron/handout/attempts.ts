/**
 * The attempts of this process, counted for the metrics. prom-client takes a while to load and most desktops never
 * open the gateway: until then the counts wait here.
 */
import type { HistoryRow } from '../console/contract.ts';
import type { Metrics } from './metrics.ts';

/** Rows that tell of a person looking at a token, not of a call to WeChat. */
const NO_CALL: ReadonlySet<HistoryRow['trigger']> = new Set(['reveal', 'copy']);

type Attempt = Pick<HistoryRow, 'appId' | 'trigger' | 'outcome' | 'errcode'>;

export class Attempts {
  readonly #waiting = new Map<string, { readonly attempt: Attempt; count: number }>();
  #metrics: Pick<Metrics, 'attempt'> | null = null;

  note({ appId, trigger, outcome, errcode }: Attempt): void {
    if (NO_CALL.has(trigger)) return;
    if (this.#metrics) {
      this.#metrics.attempt(appId, trigger, outcome, errcode);
      return;
    }
    const key = `${appId} ${trigger} ${outcome} ${errcode}`;
    const known = this.#waiting.get(key);
    if (known) known.count += 1;
    else this.#waiting.set(key, { attempt: { appId, trigger, outcome, errcode }, count: 1 });
  }

  /** Hands over what was counted so far, and from now on each attempt as it comes. */
  handTo(metrics: Pick<Metrics, 'attempt'>): void {
    this.#metrics = metrics;
    for (const { attempt, count } of this.#waiting.values()) {
      for (let n = 0; n < count; n++)
        metrics.attempt(attempt.appId, attempt.trigger, attempt.outcome, attempt.errcode);
    }
    this.#waiting.clear();
  }
}
