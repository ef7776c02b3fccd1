import { useTranslation } from 'react-i18next';
import type { ReachView } from '../../electron/console/contract.ts';
import { hrefOf } from '../router.ts';
import { entryOf, useCatalogue } from '../shared/catalogue.ts';
import { IconAlertTriangle, IconCheck } from '../shared/icons.ts';
import { type AddressRow, addressRows } from './addresses.ts';
import classes from './settings.module.css';

interface AddressListProps {
  readonly results: readonly ReachView[];
  readonly isTesting: boolean;
}

/** WeChat's addresses: what each is for, and whether it answers. */
export function AddressList({ results, isTesting }: AddressListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.addresses} aria-label={t('network.addresses')} aria-busy={isTesting}>
      {addressRows(results).map((row) => (
        <li key={row.apiBase}>
          <span>
            <span className="mono">{new URL(row.apiBase).host}</span>
            <span className={classes.small}>{t(`network.use.${row.use}`)}</span>
          </span>
          <span role="status">
            {isTesting ? (
              <span className={classes.small}>{t('network.testing')}</span>
            ) : (
              <ReachText reach={row.reach} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ReachText({ reach }: Pick<AddressRow, 'reach'>) {
  const { t, i18n } = useTranslation();
  const { entries } = useCatalogue();
  if (reach === null) return <span className={classes.small}>{t('network.untested')}</span>;
  if (reach.reached) {
    return (
      <span className={classes.reach} data-tone="ok">
        <IconCheck size={16} aria-hidden="true" />
        {t('network.reached', { ms: reach.ms })}
      </span>
    );
  }
  const entry = entryOf(entries, reach.reason);
  const meaning = entry?.meaning[i18n.language === 'zh' ? 'zh' : 'en'] ?? reach.reason;
  return (
    <span className={classes.reach} data-tone="bad">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <span>
        {meaning === null ? t('network.unreached') : t('network.unreachedWhy', { reason: meaning })}{' '}
        {entry && <a href={hrefOf({ screen: 'errors', code: String(entry.code) })}>{t('network.why')}</a>}
      </span>
    </span>
  );
}
