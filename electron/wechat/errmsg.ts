/**
 * What an errmsg tells beside its errcode: the caller's address, the rid, the hint. Pure.
 * The wording is not stable, so nothing else is read from it. Samples: `test/unit/wechat/errmsg.spec.ts`.
 */
import { isIP } from 'node:net';

/** Longest errmsg kept, in UTF-16 units; the longest one seen has about 200. */
export const ERRMSG_LIMIT = 500;
const READ_LIMIT = 4000;
const HIDDEN = '•••';

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const REFUSED_IP = /invalid ip ([0-9a-f:.]*)(?: ipv6 ([0-9a-f:.]+))?,? not in whitelist/i;
const REQUEST_IP = /requestIP: ?([0-9a-f:.]+)/i;
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i;
const RID = /rid: ?([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})/;
const HINT = /hint: ?\[([^\]]{1,100})\]/;

const EARLIEST_CLOCK = Date.UTC(2015, 0, 1);
const LATEST_CLOCK = Date.UTC(2100, 0, 1);

export interface ErrmsgDetails {
  readonly errmsg: string;
  readonly rid: string | null;
  readonly hint: string | null;
  readonly ip: string | null;
}

/** An errmsg fit to be kept and shown, with what can be read from it. `secrets` are the request's own. */
export function readErrmsg(raw: string, secrets: readonly string[]): ErrmsgDetails {
  const text = redact(raw.replace(INVISIBLE, ' '), secrets).slice(0, READ_LIMIT);
  return {
    errmsg: text.slice(0, ERRMSG_LIMIT).toWellFormed(),
    rid: RID.exec(text)?.[1] ?? null,
    hint: HINT.exec(text)?.[1]?.toWellFormed() ?? null,
    ip: ipOf(text),
  };
}

/** WeChat might echo a request; a secret is then hidden, as typed and as the request's URL has it. */
function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, new URLSearchParams([['', secret]]).toString().slice(1)])
    .filter((secret) => secret !== '')
    .reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text);
}

/** The address the whitelist is compared with: the IPv4 one where there is one. */
function ipOf(text: string): string | null {
  const found = REFUSED_IP.exec(text)?.slice(1) ?? REQUEST_IP.exec(text)?.slice(1) ?? [];
  const addresses = found
    .map((address = '') => address.replace(MAPPED_IPV4, ''))
    .filter((ip) => isIP(ip) !== 0);
  return addresses.find((ip) => isIP(ip) === 4) ?? addresses[0] ?? null;
}

/**
 * WeChat's clock at the answer, ms since the epoch, to the second. A rid begins with the Unix time in hex:
 * undocumented, but every public rid decodes to the date of its post. Else the Date header; null when
 * neither is between 2015 and 2100.
 */
export function clockOf(rid: string | null, dateHeader: string | null): number | null {
  const candidates = [Number.parseInt(rid?.slice(0, 8) ?? '', 16) * 1000, Date.parse(dateHeader ?? '')];
  return candidates.find((time) => time >= EARLIEST_CLOCK && time < LATEST_CLOCK) ?? null;
}
