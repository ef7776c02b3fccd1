import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../electron/console/contract.ts';
import { replaceRoute } from '../router.ts';
import { HistoryLine } from '../shared/history-line.tsx';
import { WindowList } from '../shared/window-list.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import { queryOf } from './filter.ts';
import { Filters } from './filters.tsx';
import classes from './history.module.css';
import { usePages } from './use-pages.ts';

/** Everything that was asked of WeChat, and every look at a token. */
export default function History({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const pages = usePages(query);
  const { rows, status, hasMore } = pages;
  return (
    <div className={classes.screen}>
      <header>
        <PageHeading>{t('history.title')}</PageHeading>
        <p className={classes.lead}>{t('history.lead')}</p>
      </header>
      <Filters
        filter={pages.filter}
        onChange={(filter) => replaceRoute({ screen: 'history', query: queryOf(filter) })}
      />
      <Rows rows={rows} onEnd={pages.readMore} />
      <p className={classes.foot} role="status">
        {status === 'reading' && t('history.loading')}
        {status === 'failed' && t('history.failed')}
        {status === 'ready' && rows.length === 0 && t('history.none')}
        {status === 'ready' && rows.length > 0 && !hasMore && t('history.end')}
      </p>
      {status === 'failed' && (
        <Button variant="default" className={classes.more ?? ''} onClick={pages.readAgain}>
          {t('account.tryAgain')}
        </Button>
      )}
      {status === 'ready' && hasMore && (
        <Button variant="default" className={classes.more ?? ''} onClick={pages.readMore}>
          {t('history.more')}
        </Button>
      )}
    </div>
  );
}

const ROW_HEIGHT = 40;

interface RowsProps {
  readonly rows: readonly HistoryRow[];
  /** Called when the last rows come into sight. */
  readonly onEnd: () => void;
}

function Rows({ rows, onEnd }: RowsProps) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const nameOf = (appId: string) => accounts[appId]?.name ?? t('history.removed');
  return (
    <WindowList
      label={t('history.list')}
      items={rows}
      keyOf={(row) => row.id}
      rowHeight={ROW_HEIGHT}
      onEnd={onEnd}
    >
      {(row) => <HistoryLine row={row} account={{ appId: row.appId, name: nameOf(row.appId) }} hasName />}
    </WindowList>
  );
}
