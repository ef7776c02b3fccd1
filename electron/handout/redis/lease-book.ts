/** What one console remembers of each account it shares: its seat, the record in Redis, what it last told the desk. */
import type { HandedToken } from '../../console/handout.ts';
import { NEW_SEAT, type Role, type Seat } from './lease-policy.ts';
import { digestOf, type FoundToken, readRecord, whichCounts } from './lease-record.ts';
import type { Finding } from './lease-scripts.ts';

export interface Page {
  readonly appId: string;
  seat: Seat;
  fence: number;
  /** The record as last seen or written, its token's times by this machine's clock at that look. */
  record: { readonly digest: string; readonly text: string; readonly token: FoundToken } | null;
  /** False from when a newer token was seen in Redis until the desk has it. */
  isCaughtUp: boolean;
  /** The digest of the record whose token the desk is taking over. */
  adopting: string | null;
  /** The token this console last had. */
  latest: string | null;
  /** A token that ended here, by its time or because WeChat called it dead; never taken over again. */
  buried: string | null;
  role: Role | null;
}

export function newPage(appId: string): Page {
  return {
    ...{ appId, seat: NEW_SEAT, fence: 0, record: null },
    ...{ isCaughtUp: true, adopting: null, latest: null, buried: null, role: null },
  };
}

/**
 * Puts down what a look found in place of the record. One that is known is read again: this machine's clock may have
 * been put right since, and its token is compared with one of now.
 */
export function noteRecord(page: Page, record: Finding['record'], redisNow: number, wall: number): void {
  const text = record === 'known' ? page.record?.text : record?.text;
  const token = text === undefined ? null : readRecord(text, redisNow, wall);
  page.record = text !== undefined && token ? { digest: digestOf(text), text, token } : null;
}

/** What is to be done so that Redis and the desk tell of the same token. */
export type Deed = 'nothing' | 'adopt' | 'write' | 'drop';

export function deedFor(page: Page, here: HandedToken | null, holdsLease: boolean, wall: number): Deed {
  const record = page.record?.token ?? null;
  if (record === null || record.expiresAt <= wall) return here && holdsLease ? 'write' : 'nothing';
  if (record.accessToken === page.buried) {
    if (here !== null) return whichCounts(record, here) === 'here' || holdsLease ? 'write' : 'nothing';
    return holdsLease ? 'drop' : 'nothing';
  }
  const counts = whichCounts(record, here);
  if (counts === 'same') return 'nothing';
  return counts === 'record' ? 'adopt' : 'write';
}
