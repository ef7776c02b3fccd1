/** When another system ended the account's token. Pure. */

const DAY_MS = 24 * 3600 * 1000;

/** Those of the last 24 hours, newest first. */
export function overwritesOfDay(overwrittenAt: readonly number[], now: number): readonly number[] {
  return overwrittenAt.filter((at) => at > now - DAY_MS).toReversed();
}
