/** Which address an account's calls come from, as far as WeChat told. Pure. */
import type { AccountView, CallerAddress } from '../../electron/console/contract.ts';

export interface KnownAddress {
  readonly ip: string;
  /** When WeChat last reported it; null where that was not kept. */
  readonly at: number | null;
}

/** The address WeChat last reported for this account; null when it never did. */
export function addressOf(account: AccountView): KnownAddress | null {
  const ip = account.confirmation?.ip ?? account.addresses[0]?.ip ?? account.callerIp;
  if (ip === null || ip === undefined) return null;
  return { ip, at: account.addresses.find((address) => address.ip === ip)?.lastSeenAt ?? null };
}

/** The account for which WeChat reported an address last; null when it never did for any. */
export function lastReporter(accounts: Readonly<Record<string, AccountView>>): AccountView | null {
  let last: { readonly account: AccountView; readonly at: number } | null = null;
  for (const account of Object.values(accounts)) {
    const at = account.addresses[0]?.lastSeenAt;
    if (at !== undefined && at > (last?.at ?? Number.NEGATIVE_INFINITY)) last = { account, at };
  }
  return last?.account ?? null;
}

export interface AddressChange {
  /** The address of the last token. */
  readonly before: CallerAddress & { readonly workedAt: number };
  /** The address WeChat sees now. */
  readonly now: CallerAddress;
}

/** How the newest address differs from the one that last gave a token; null when it does not. */
export function addressChange(addresses: readonly CallerAddress[]): AddressChange | null {
  const [now] = addresses.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
  const [before] = addresses
    .filter((address): address is AddressChange['before'] => address.workedAt !== null)
    .toSorted((a, b) => b.workedAt - a.workedAt);
  if (now === undefined || before === undefined || now.ip === before.ip) return null;
  return { before, now };
}

export interface SeenAddress extends CallerAddress {
  /** For how many accounts WeChat reported it. */
  readonly accounts: number;
}

const later = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));

/** The addresses of all accounts together, last seen first. */
export function seenAddresses(accounts: readonly AccountView[]): readonly SeenAddress[] {
  const seen = new Map<string, SeenAddress>();
  for (const address of accounts.flatMap((account) => account.addresses)) {
    const known = seen.get(address.ip);
    seen.set(address.ip, {
      ip: address.ip,
      firstSeenAt: Math.min(address.firstSeenAt, known?.firstSeenAt ?? address.firstSeenAt),
      lastSeenAt: Math.max(address.lastSeenAt, known?.lastSeenAt ?? address.lastSeenAt),
      workedAt: later(address.workedAt, known?.workedAt ?? null),
      accounts: (known?.accounts ?? 0) + 1,
    });
  }
  return [...seen.values()].toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
}
