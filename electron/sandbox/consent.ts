/**
 * The risk confirmation of one account and one IP (风险调用确认), pure: the first call makes WeChat ask the
 * administrator, and the administrator's word decides what later calls are answered. Times in ms.
 */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Consent {
  readonly state: 'unasked' | 'pending' | 'confirmed' | 'refused';
  readonly refusedAt: number | null;
  /** The end of the block and what it answers; null unless `refused`. */
  readonly block: { readonly until: number; readonly errcode: 89506 | 89507 } | null;
}

export const UNASKED: Consent = { state: 'unasked', refusedAt: null, block: null };

export function isBlocked(consent: Consent, now: number): boolean {
  return consent.block !== null && now < consent.block.until;
}

/** A call comes in: what the consent becomes, and the errcode it is answered with (null: let through). */
export function knock(consent: Consent, now: number): { consent: Consent; errcode: number | null } {
  if (consent.state === 'confirmed') return { consent, errcode: null };
  if (consent.state === 'pending') return { consent, errcode: 89501 };
  if (consent.block !== null && isBlocked(consent, now)) return { consent, errcode: consent.block.errcode };
  return { consent: { ...consent, state: 'pending', block: null }, errcode: 89503 };
}

/** The administrator allows the IP. How long WeChat remembers that is not documented: here, for good. */
export function confirm(consent: Consent): Consent {
  return { ...consent, state: 'confirmed', block: null };
}

/** The administrator refuses: the IP is blocked for 1 h, for 24 h when it was refused in the 24 h before. */
export function refuse(consent: Consent, now: number): Consent {
  const again = consent.refusedAt !== null && now - consent.refusedAt < DAY_MS;
  const block = again
    ? ({ until: now + DAY_MS, errcode: 89506 } as const)
    : ({ until: now + HOUR_MS, errcode: 89507 } as const);
  return { state: 'refused', refusedAt: now, block };
}
