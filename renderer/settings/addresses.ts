/** WeChat's own API addresses, in the order the console tests them, and what each is for. Pure. */
import type { ReachView } from '../../electron/console/contract.ts';

export type AddressUse = 'nearest' | 'backup' | 'shanghai' | 'shenzhen' | 'hongkong' | 'own';

export const ADDRESSES: readonly { readonly apiBase: string; readonly use: AddressUse }[] = [
  { apiBase: 'https://api.weixin.qq.com', use: 'nearest' },
  { apiBase: 'https://api2.weixin.qq.com', use: 'backup' },
  { apiBase: 'https://sh.api.weixin.qq.com', use: 'shanghai' },
  { apiBase: 'https://sz.api.weixin.qq.com', use: 'shenzhen' },
  { apiBase: 'https://hk.api.weixin.qq.com', use: 'hongkong' },
];

export interface AddressRow {
  readonly apiBase: string;
  readonly use: AddressUse;
  /** null: not tested yet. */
  readonly reach: ReachView | null;
}

/** WeChat's addresses and those that were tested beside them, each with how it was reached. */
export function addressRows(results: readonly ReachView[]): readonly AddressRow[] {
  const reachOf = (apiBase: string) => results.find((one) => one.apiBase === apiBase) ?? null;
  const known = ADDRESSES.map((address) => ({ ...address, reach: reachOf(address.apiBase) }));
  const others = results.filter(({ apiBase }) => !ADDRESSES.some((one) => one.apiBase === apiBase));
  return [...known, ...others.map((reach) => ({ apiBase: reach.apiBase, use: 'own' as const, reach }))];
}
