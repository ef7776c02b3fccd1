/** The history's filters: in the address, as a query, and against one row. Pure. */
import type { CommandInput, HistoryRow, Outcome, Trigger } from '../../electron/console/contract.ts';

export const PERIODS = ['hour', 'day', 'week', 'always'] as const;
export type Period = (typeof PERIODS)[number];

export const OUTCOMES: readonly Outcome[] = ['granted', 'refused', 'failed'];
export const TRIGGERS: readonly Trigger[] = [
  'startup',
  'schedule',
  'manual',
  'passive',
  'retry',
  'probe',
  'secret-changed',
  'reveal',
  'copy',
  'verify',
];

export interface Filter {
  readonly appId: string | null;
  readonly outcome: Outcome | null;
  readonly trigger: Trigger | null;
  readonly errcode: number | null;
  readonly period: Period;
}

const HOUR_MS = 3600 * 1000;
const PERIOD_MS: Readonly<Record<Period, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  always: Number.POSITIVE_INFINITY,
};

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((value) => value === text) ?? null;
}

/** A whole number, as errcodes are, minus allowed; null for anything else. */
export function errcodeOf(text: string | null): number | null {
  return text !== null && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** The filter an address carries; what does not fit is left out. */
export function filterOf(query: string): Filter {
  const params = new URLSearchParams(query);
  return {
    appId: params.get('appId'),
    outcome: oneOf(OUTCOMES, params.get('outcome')),
    trigger: oneOf(TRIGGERS, params.get('trigger')),
    errcode: errcodeOf(params.get('errcode')),
    period: oneOf(PERIODS, params.get('period')) ?? 'always',
  };
}

/** The address of a filter; only what narrows. */
export function queryOf(filter: Filter): string {
  const params = new URLSearchParams();
  if (filter.appId !== null) params.set('appId', filter.appId);
  if (filter.outcome !== null) params.set('outcome', filter.outcome);
  if (filter.trigger !== null) params.set('trigger', filter.trigger);
  if (filter.errcode !== null) params.set('errcode', String(filter.errcode));
  if (filter.period !== 'always') params.set('period', filter.period);
  return params.toString();
}

/** What `history.query` is given for one page. */
export function pageInput(
  filter: Filter,
  now: number,
  limit: number,
  cursor: string | null,
): CommandInput<'history.query'> {
  const from = now - PERIOD_MS[filter.period];
  return {
    ...(filter.appId !== null && { appId: filter.appId }),
    ...(filter.outcome !== null && { outcome: filter.outcome }),
    ...(filter.trigger !== null && { trigger: filter.trigger }),
    ...(filter.errcode !== null && { errcode: filter.errcode }),
    ...(Number.isFinite(from) && { from }),
    limit,
    ...(cursor !== null && { cursor }),
  };
}

/** Whether a row that has just arrived belongs in the list. */
export function matches(filter: Filter, row: HistoryRow): boolean {
  return (
    (filter.appId === null || filter.appId === row.appId) &&
    (filter.outcome === null || filter.outcome === row.outcome) &&
    (filter.trigger === null || filter.trigger === row.trigger) &&
    (filter.errcode === null || filter.errcode === row.errcode)
  );
}
