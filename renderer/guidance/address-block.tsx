import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { exactTime } from '../format.ts';
import { useAgo } from '../shared/ago.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import { useConsoleState } from '../store.ts';
import { addressOf, type KnownAddress, lastReporter } from './address.ts';
import classes from './guidance.module.css';

interface ShownAddress extends KnownAddress {
  /** The account it was reported for, where that is another one. */
  readonly reportedFor: string | null;
}

/** The address to name: this account's own, else the newest of any account on this machine. */
export function useAddress(account: AccountView): ShownAddress | null {
  const own = addressOf(account);
  const reporter = useConsoleState((state) => (own === null ? lastReporter(state.accounts) : null));
  if (own !== null) return { ...own, reportedFor: null };
  const other = reporter?.addresses[0];
  return reporter && other ? { ip: other.ip, at: other.lastSeenAt, reportedFor: reporter.name } : null;
}

/** The address, large enough to be read out over the telephone, with how old the news of it is. */
export function AddressBlock({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const address = useAddress(account);
  const ago = useAgo(address?.at ?? null);
  if (address === null) return <p>{t('ip.unknown')}</p>;
  return (
    <div>
      <p className={classes.address}>
        <span className="mono">{address.ip}</span>
        <CopyIcon text={address.ip} label={t('copy.ip')} />
      </p>
      {address.at !== null && (
        <p className={classes.small} title={exactTime(address.at)}>
          {address.reportedFor === null
            ? t('ip.reported', { ago })
            : t('ip.other', { ago, name: address.reportedFor })}
        </p>
      )}
    </div>
  );
}
