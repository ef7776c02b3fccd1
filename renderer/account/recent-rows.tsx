import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView, HistoryRow } from '../../electron/console/contract.ts';
import { hrefOf } from '../router.ts';
import { HistoryLine } from '../shared/history-line.tsx';
import { DayStrip } from './day-strip.tsx';
import classes from './recent-rows.module.css';
import { useRecentHistory } from './use-history.ts';

const SHOWN_ROWS = 6;

/** The last day as a strip, and the newest rows of the history. */
export function RecentRows({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { rows, hasFailed, readAgain } = useRecentHistory(account.appId);
  if (hasFailed) {
    return (
      <p className={classes.failed}>
        {t('account.historyFailed')}{' '}
        <Button size="compact-sm" variant="subtle" onClick={readAgain}>
          {t('account.tryAgain')}
        </Button>
      </p>
    );
  }
  if (rows === null) return <div className={classes.reading} />;
  return (
    <>
      <DayStrip rows={rows} />
      <Newest rows={rows.slice(0, SHOWN_ROWS)} account={account} />
    </>
  );
}

interface NewestProps {
  readonly rows: readonly HistoryRow[];
  readonly account: AccountView;
}

function Newest({ rows, account }: NewestProps) {
  const { t } = useTranslation();
  const query = new URLSearchParams({ appId: account.appId }).toString();
  return (
    <section aria-labelledby="recent">
      <div className={classes.head}>
        <h2 id="recent">{t('account.recent')}</h2>
        <a href={hrefOf({ screen: 'history', query })}>{t('account.allHistory')}</a>
      </div>
      {rows.length === 0 ? (
        <p className={classes.none}>{t('account.noHistory')}</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <HistoryLine row={row} account={account} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
