/** What can go wrong on the way, for the next calls or until it is lifted. */

/** The call reaches WeChat, which carries it out; its answer comes late, in pieces or never. */
type LostAnswer =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'broken-json' };

/** Something between answers in WeChat's place; WeChat never hears of the call. */
type Intercepted =
  | { readonly kind: 'captive-page' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'oversized'; readonly bytes: number }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'reset' };

/** WeChat itself answers with this code and does nothing else: -1 when it is busy, or any code to be tried. */
type Answered = { readonly kind: 'errcode'; readonly errcode: number; readonly errmsg?: string };

export type TransportFault = LostAnswer | Intercepted;
export type Fault = TransportFault | Answered;

const INTERCEPTED: ReadonlySet<Fault['kind']> = new Set<Intercepted['kind']>([
  'captive-page',
  'status',
  'oversized',
  'redirect',
  'reset',
]);

export function isIntercepted(fault: Fault): fault is Intercepted {
  return INTERCEPTED.has(fault.kind);
}

/** Which calls a fault is for: one account's or, without an AppID, all; the next `calls`, or until lifted. */
export interface FaultScope {
  readonly appId?: string;
  readonly calls?: number;
}

interface Planned {
  readonly fault: Fault;
  readonly appId: string | null;
  left: number;
}

/** The faults that are planned. The oldest one that fits a call is used up first. */
export class Faults {
  #planned: Planned[] = [];

  inject(fault: Fault, { appId, calls = Number.POSITIVE_INFINITY }: FaultScope): void {
    this.#planned.push({ fault, appId: appId ?? null, left: calls });
  }

  /** Ends the faults of one account, or every fault. */
  lift(appId?: string): void {
    this.#planned = appId === undefined ? [] : this.#planned.filter((planned) => planned.appId !== appId);
  }

  /** The fault that meets a call for this account, null for none. */
  take(appId: string | null): Fault | null {
    const next = this.#planned.find((planned) => planned.appId === null || planned.appId === appId);
    if (next === undefined) return null;
    next.left -= 1;
    this.#planned = this.#planned.filter((planned) => planned.left > 0);
    return next.fault;
  }
}
