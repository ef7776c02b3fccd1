import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { confirmedAt } from './consent.ts';
import classes from './guidance.module.css';
import { Timeline } from './timeline.tsx';

/** For a day after a confirmation: that there was one, and how it went; nothing otherwise. */
export function ConfirmedLately({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const isLately = useNow((now) => confirmedAt(account, now) !== null);
  if (!isLately) return null;
  return (
    <details className={classes.details}>
      <summary>{t('confirmed.title')}</summary>
      <Timeline account={account} />
    </details>
  );
}
