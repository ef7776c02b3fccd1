/** The API IP whitelist: single addresses and CIDR for every account, `172.0.0.*` for mini programs only. */
import { BlockList, isIPv6 } from 'node:net';
import type { AccountKind } from '../console/contract.ts';

const LAST_PART_WILD = /^(\d+\.\d+\.\d+)\.\*$/;

/**
 * Throws RangeError for an entry that WeChat would not take.
 * Source of the formats: developers.weixin.qq.com/doc/oplatform/developers/basic_func/ip_whitelist
 */
export function isListed(ip: string, entries: readonly string[], kind: AccountKind): boolean {
  const list = new BlockList();
  for (const entry of entries) add(list, entry, kind);
  return list.check(ip, family(ip));
}

function add(list: BlockList, entry: string, kind: AccountKind): void {
  const cidr = kind === 'mini' ? entry.replace(LAST_PART_WILD, '$1.0/24') : entry;
  const [address = '', prefix] = cidr.split('/');
  try {
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  } catch (cause) {
    throw new RangeError(`not an entry for the whitelist of this kind of account: ${entry}`, { cause });
  }
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
