import { useTranslation } from 'react-i18next';
import type { CallerAddress } from '../../electron/console/contract.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import type { SeenAddress } from './address.ts';
import classes from './address-list.module.css';
import { At } from './moments.tsx';

interface AddressListProps {
  readonly addresses: readonly (CallerAddress & Partial<SeenAddress>)[];
}

/** The addresses WeChat reported: when each was first and last seen, and whether it gave a token. */
export function AddressList({ addresses }: AddressListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {addresses.map((address) => (
        <li key={address.ip} className={classes.address}>
          <span className={classes.ip}>
            <span className="mono">{address.ip}</span>
            <CopyIcon text={address.ip} label={`${t('copy.ip')} ${address.ip}`} />
          </span>
          <span className={classes.facts}>
            <Told words={t('whitelist.addresses.first', AT)} at={address.firstSeenAt} />
            <Told words={t('whitelist.addresses.last', AT)} at={address.lastSeenAt} />
            {address.workedAt === null ? (
              <span>{t('whitelist.addresses.neverWorked')}</span>
            ) : (
              <Told words={t('whitelist.addresses.worked', AT)} at={address.workedAt} />
            )}
            {address.accounts !== undefined && (
              <span>{t('confirmations.addresses.accounts', { count: address.accounts })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const AT = { time: '{{time}}' };

function Told({ words, at }: { readonly words: string; readonly at: number }) {
  const [before = '', after = ''] = words.split(AT.time, 2);
  return (
    <span>
      {before}
      <At at={at} />
      {after}
    </span>
  );
}
