/** Which accounts have something to do with an address: waiting, refused, not on the whitelist, just confirmed. Pure. */
import type { AccountView } from '../../electron/console/contract.ts';
import { confirmedAt } from '../guidance/consent.ts';

export type RowState = 'awaiting' | 'refused' | 'whitelist' | 'confirmed';

/** What the account's address waits for; null: nothing. */
function pendingState({ phase, secret, trouble }: AccountView): Exclude<RowState, 'confirmed'> | null {
  if (phase === 'paused' || secret === 'missing' || secret === 'locked') return null;
  switch (trouble?.class) {
    case 'awaiting-admin':
      return 'awaiting';
    case 'refused':
      return 'refused';
    case 'not-whitelisted':
      return 'whitelist';
    default:
      return null;
  }
}

/** The state of an account's row; null: it has none. */
export function rowState(account: AccountView, now: number): RowState | null {
  return pendingState(account) ?? (confirmedAt(account, now) === null ? null : 'confirmed');
}

/** How many accounts wait for a person because of their address. */
export function pendingCount(accounts: Readonly<Record<string, AccountView>>): number {
  return Object.values(accounts).filter((account) => pendingState(account) !== null).length;
}

export interface Row {
  readonly account: AccountView;
  readonly state: RowState;
}

const ORDER: readonly RowState[] = ['refused', 'awaiting', 'whitelist', 'confirmed'];
const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });

/** Every row, those first that need a person most. */
export function confirmationRows(
  accounts: Readonly<Record<string, AccountView>>,
  now: number,
): readonly Row[] {
  return Object.values(accounts)
    .flatMap((account): Row[] => {
      const state = rowState(account, now);
      return state === null ? [] : [{ account, state }];
    })
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || collator.compare(a.account.name, b.account.name),
    );
}
