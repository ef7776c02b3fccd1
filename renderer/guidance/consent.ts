/** What the steps of a risk confirmation tell. Pure. */
import type { AccountView } from '../../electron/console/contract.ts';

const DAY_MS = 24 * 3_600_000;

/** When WeChat asked the administrator, as far as this console knows; null when it knows of no question. */
export function askedAt({ confirmation, confirmationSteps }: AccountView): number | null {
  const open = confirmationSteps.filter(({ step }) => step === 'asked' || step === 'waiting');
  const asked = open.findLast(({ step }) => step === 'asked') ?? open[0];
  return asked?.at ?? confirmation?.since ?? null;
}

/** When this console learned of a confirmation, if that was the last step, on a live account, within a day. */
export function confirmedAt({ trouble, confirmationSteps }: AccountView, now: number): number | null {
  const last = confirmationSteps.at(-1);
  if (trouble !== null || last?.step !== 'confirmed') return null;
  return now - last.at < DAY_MS ? last.at : null;
}
