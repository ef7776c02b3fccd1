/**
 * What the console measures of itself, as Prometheus text. Labels carry AppIDs, routes and codes: never a token, a
 * secret or a client key.
 */
import { Counter, Gauge, Registry } from 'prom-client';
import type { HistoryRow } from '../console/contract.ts';
import type { Renewal, TokenDesk } from '../console/handout.ts';

/** The gateway's addresses as labels; `other` is everything that is not there. */
export type Route =
  | '/v1/tokens/{appId}'
  | '/v1/tokens/{appId}/refresh'
  | '/v1/tokens/{appId}/events'
  | '/cgi-bin/token'
  | '/cgi-bin/stable_token'
  | '/healthz'
  | '/readyz'
  | '/metrics'
  | 'other';

export interface Metrics {
  /** An attempt as the history has it. */
  attempt(
    appId: string,
    trigger: HistoryRow['trigger'],
    outcome: HistoryRow['outcome'],
    errcode: number | null,
  ): void;
  /** A business server found its token dead, and what came of it. */
  passive(appId: string, result: Renewal['result']): void;
  /** A request the gateway answered. Called for each of them, so it only counts. */
  request(route: Route, status: number, durationMs: number): void;
  /** The gateway's streams that are open now. */
  streams(count: number): void;
  /** As Prometheus reads it: of accounts only those of `mayRead`, of the gateway everything. */
  text(mayRead: (appId: string) => boolean): Promise<string>;
  readonly contentType: string;
}

/** Upper bounds in ms; what takes longer than the last is in `+Inf` only. */
const BOUNDS_MS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];
const DAY_MS = 24 * 60 * 60 * 1000;
const LATENCY = 'wtc_gateway_request_duration_seconds';

interface Tally {
  readonly statuses: Map<number, number>;
  /** How many fell into each bucket, the last one for what is beyond all bounds. */
  readonly buckets: number[];
  sumMs: number;
}

function count(tally: Tally, status: number, durationMs: number): void {
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  const index = BOUNDS_MS.findIndex((bound) => durationMs <= bound);
  const bucket = index === -1 ? BOUNDS_MS.length : index;
  tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + 1;
  tally.sumMs += durationMs;
}

/** One route's histogram in the text format (prometheus.io/docs/instrumenting/exposition_formats). */
function histogramLines(route: Route, { buckets, sumMs }: Tally): string[] {
  let below = 0;
  const lines = buckets.map((inBucket, index) => {
    below += inBucket;
    const bound = BOUNDS_MS[index];
    const le = bound === undefined ? '+Inf' : bound / 1000;
    return `${LATENCY}_bucket{route="${route}",le="${le}"} ${below}`;
  });
  return [
    ...lines,
    `${LATENCY}_sum{route="${route}"} ${sumMs / 1000}`,
    `${LATENCY}_count{route="${route}"} ${below}`,
  ];
}

/**
 * Requests by route. prom-client's own histogram takes half a microsecond a request, which the gateway would feel;
 * these counters take a tenth, and become text only when somebody asks.
 */
function createTallies() {
  const tallies = new Map<Route, Tally>();
  return {
    tallies,
    request(route: Route, status: number, durationMs: number): void {
      let tally = tallies.get(route);
      if (tally === undefined) {
        tally = { statuses: new Map(), buckets: Array(BOUNDS_MS.length + 1).fill(0), sumMs: 0 };
        tallies.set(route, tally);
      }
      count(tally, status, durationMs);
    },
    text(): string {
      const lines = [...tallies].flatMap(([route, tally]) => histogramLines(route, tally));
      const head = [`# HELP ${LATENCY} How long the gateway took to answer.`, `# TYPE ${LATENCY} histogram`];
      return `${[...head, ...lines].join('\n')}\n`;
    },
  };
}

/** The gauges are read from the desk when somebody asks, so that an account that was removed leaves no trace. */
function addAccountGauges(desk: TokenDesk, registers: Registry[], clock: () => number): void {
  new Gauge({
    name: 'wtc_token_seconds_left',
    help: 'What is left of the token that is handed out; 0 where there is none.',
    labelNames: ['app_id'],
    registers,
    collect() {
      this.reset();
      for (const appId of desk.appIds()) {
        const endsAt = desk.token(appId)?.endsAt ?? 0;
        this.set({ app_id: appId }, Math.max(0, Math.floor((endsAt - clock()) / 1000)));
      }
    },
  });
  new Gauge({
    name: 'wtc_account_phase',
    help: 'What the console does next for the account: 1 for the phase it is in, no line for the others.',
    labelNames: ['app_id', 'phase'],
    registers,
    collect() {
      this.reset();
      for (const appId of desk.appIds()) {
        const view = desk.view(appId);
        if (view !== undefined) this.set({ app_id: appId, phase: view.phase }, 1);
      }
    },
  });
  new Gauge({
    name: 'wtc_token_overwritten_last_day',
    help: 'How often in 24 hours a token was found dead before its time: somebody else refreshes it.',
    labelNames: ['app_id'],
    registers,
    collect() {
      this.reset();
      const since = clock() - DAY_MS;
      for (const appId of desk.appIds()) {
        const times = desk.view(appId)?.overwrittenAt ?? [];
        this.set({ app_id: appId }, times.filter((at) => at > since).length);
      }
    },
  });
}

/** Without the samples of other accounts: a client key is for its AppIDs, and does not tell which others there are. */
function linesOf(text: string, mayRead: (appId: string) => boolean): string {
  const isShown = (line: string) => {
    const [, appId] = /[{,]app_id="([^"]*)"/.exec(line) ?? [];
    return appId === undefined || mayRead(appId);
  };
  return text.split('\n').filter(isShown).join('\n');
}

/** `clock`: wall clock, ms since the epoch. */
export function createMetrics(desk: TokenDesk, clock: () => number = Date.now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  addAccountGauges(desk, registers, clock);
  const attempts = new Counter({
    name: 'wtc_attempts_total',
    help: 'Calls to WeChat for a token or about one, by how they ended.',
    labelNames: ['app_id', 'trigger', 'outcome', 'errcode'],
    registers,
  });
  const passive = new Counter({
    name: 'wtc_passive_refreshes_total',
    help: 'How often business servers found their token dead, by what came of it.',
    labelNames: ['app_id', 'result'],
    registers,
  });
  const tallied = createTallies();
  new Counter({
    name: 'wtc_gateway_requests_total',
    help: 'Requests to the gateway.',
    labelNames: ['route', 'status'],
    registers,
    collect() {
      this.reset();
      for (const [route, { statuses }] of tallied.tallies) {
        for (const [status, requests] of statuses) this.inc({ route, status }, requests);
      }
    },
  });
  const streams = new Gauge({ name: 'wtc_gateway_streams', help: 'Event streams that are open.', registers });

  return {
    contentType: registry.contentType,
    request: tallied.request,
    attempt: (appId, trigger, outcome, errcode) =>
      attempts.inc({ app_id: appId, trigger, outcome, errcode: errcode ?? 'none' }),
    passive: (appId, result) => passive.inc({ app_id: appId, result }),
    streams: (open) => streams.set(open),
    text: async (mayRead) => `${linesOf(await registry.metrics(), mayRead)}\n${tallied.text()}`,
  };
}
