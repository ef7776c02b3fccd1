/** The addresses this account's calls came from, as far as WeChat told: it names one only when it refuses it. Pure. */
import type { Address } from './life.ts';

/** A line with a dynamic address brings a new one every day; more than these help nobody. */
const KEPT = 10;

/** The addresses after WeChat reported `ip`, last seen first. */
export function reported(addresses: readonly Address[], ip: string | null, at: number): readonly Address[] {
  if (ip === null) return addresses;
  const known = addresses.find((address) => address.ip === ip);
  const seen = { ip, firstSeenAt: at, workedAt: null, ...known, lastSeenAt: at };
  return [seen, ...addresses.filter((address) => address !== known)].slice(0, KEPT);
}

/** The addresses after a grant: it came through the last one reported, as far as anybody knows. */
export function worked(addresses: readonly Address[], at: number): readonly Address[] {
  const [last, ...older] = addresses;
  return last ? [{ ...last, workedAt: at }, ...older] : addresses;
}
