import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import { WindowList } from '../shared/window-list.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import type { ConsoleState, GroupName } from '../state.ts';
import { useAccount, useConsoleState } from '../store.ts';
import classes from './overview.module.css';
import { OverviewRow } from './overview-row.tsx';

/** Is everything alive, what needs a person, when does what happen next. */
export function Overview() {
  return (
    <div className={classes.screen}>
      <Summary />
      <Rows />
    </div>
  );
}

function useCount(name: GroupName): number {
  return useConsoleState((state) => state.groups.find((group) => group.name === name)?.appIds.length ?? 0);
}

function Summary() {
  const { t } = useTranslation();
  const attention = useCount('attention');
  const retrying = useCount('retrying');
  const rest = useCount('fine') + useCount('paused');
  let headline = t('overview.allFine', { count: rest });
  if (retrying > 0) headline = t('overview.retrying', { count: retrying });
  if (attention > 0) headline = t('overview.attention', { count: attention });
  return (
    <header>
      <PageHeading title={t('overview.title')}>{headline}</PageHeading>
      <p className={classes.sub}>
        {attention + retrying > 0 && rest > 0 && (
          <span>
            {t('overview.rest', { count: rest })}
            <span className={classes.dot}> · </span>
          </span>
        )}
        <NextUp />
      </p>
    </header>
  );
}

/** The account whose next planned attempt comes first. */
function nextUp(state: ConsoleState): string | null {
  let first: { readonly appId: string; readonly at: number } | null = null;
  for (const { appId, nextAttemptAt } of Object.values(state.accounts)) {
    if (nextAttemptAt !== null && (first === null || nextAttemptAt < first.at)) {
      first = { appId, at: nextAttemptAt };
    }
  }
  return first?.appId ?? null;
}

function NextUp() {
  const { t } = useTranslation();
  const appId = useConsoleState(nextUp);
  const account = useAccount(appId ?? '');
  const next = account?.nextAttemptAt ?? null;
  const isDue = useIsOver(next);
  const isFollowed = useConsoleState((state) =>
    Object.values(state.accounts).some(({ role }) => role === 'following'),
  );
  if (!account || next === null) return t(isFollowed ? 'role.followsShort' : 'overview.nothingPlanned');
  return (
    <span>
      {t('overview.nextUp', { name: account.name })}
      {isDue ? (
        t('fact.soon')
      ) : (
        <CountdownText
          text={t(account.phase === 'live' ? 'next.planned' : 'next.retry', COUNTDOWN)}
          until={next}
          as="wait"
        />
      )}
    </span>
  );
}

const ROW_HEIGHT = 69;

/** All accounts, those that need a person first. */
function Rows() {
  const { t } = useTranslation();
  const groups = useConsoleState((state) => state.groups);
  const appIds = useMemo(() => groups.flatMap((group) => group.appIds), [groups]);
  return (
    <WindowList label={t('overview.list')} items={appIds} keyOf={String} rowHeight={ROW_HEIGHT}>
      {(appId) => <OverviewRow appId={appId} />}
    </WindowList>
  );
}
