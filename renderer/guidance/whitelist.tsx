import { useTranslation } from 'react-i18next';
import type { AccountView, CallerAddress, ErrorEntry } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { timeText } from '../format.ts';
import { ErrorSteps } from '../shared/error-steps.tsx';
import { Note } from '../shared/note.tsx';
import { addressChange } from './address.ts';
import { AddressBlock } from './address-block.tsx';
import { AddressList } from './address-list.tsx';
import classes from './guidance.module.css';

interface WhitelistProps {
  readonly account: AccountView;
  /** null while the catalogue is on its way, or did not come. */
  readonly entry: ErrorEntry | null;
}

/** The IP is not on the whitelist: which one, where to add it, and whether it will stay the same. */
export function Whitelist({ account, entry }: WhitelistProps) {
  const { t } = useTranslation();
  const { addresses } = account;
  return (
    <>
      <p>{t('whitelist.lead')}</p>
      <AddressBlock account={account} />
      {entry && <ErrorSteps steps={entry.steps} kind={account.kind} line={account.line} />}
      <ChangingAddress addresses={addresses} />
      {addresses.length > 1 && (
        <details className={classes.details}>
          <summary>{t('whitelist.addresses.title', { count: addresses.length })}</summary>
          <AddressList addresses={addresses} />
        </details>
      )}
    </>
  );
}

/** A network whose address changes needs more than one entry on a list. Nothing where it did not change. */
export function ChangingAddress({ addresses }: { readonly addresses: readonly CallerAddress[] }) {
  const { t } = useTranslation();
  const change = addressChange(addresses);
  const times = useNow((now) =>
    change ? `${timeText(change.before.workedAt, now)}|${timeText(change.now.lastSeenAt, now)}` : '',
  );
  if (change === null) return null;
  const [workedAt = '', seenAt = ''] = times.split('|');
  return (
    <Note tone="warn">
      <p>{t('whitelist.changed.lead', { workedAt, before: change.before.ip, seenAt, now: change.now.ip })}</p>
      <p>{t('whitelist.changed.fix')}</p>
      <ul className={classes.ways}>
        <li>{t('whitelist.changed.line')}</li>
        <li>{t('whitelist.changed.proxy')}</li>
        <li>{t('whitelist.changed.server')}</li>
      </ul>
    </Note>
  );
}
