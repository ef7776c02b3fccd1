import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsLong, useRefreshingSince } from '../refresh/flow.ts';
import { hrefOf } from '../router.ts';
import { PhaseMark } from '../shared/phase-mark.tsx';
import type { GroupName } from '../state.ts';
import { useAccount, useConsoleState, useSettledPhase } from '../store.ts';
import { AccountFact } from './account-fact.tsx';
import classes from './account-list.module.css';

type Line =
  | { readonly kind: 'group'; readonly name: GroupName; readonly count: number }
  | { readonly kind: 'account'; readonly appId: string };

interface AccountListProps {
  /** What the names and AppIDs must contain; empty for all. */
  readonly filter: string;
  readonly current: string | null;
  readonly onChoose: () => void;
}

function useLines(filter: string): readonly Line[] {
  const groups = useConsoleState((state) => state.groups);
  const needle = filter.trim().toLowerCase();
  // Names matter only while something is searched for: else another account's change is none of ours.
  const accounts = useConsoleState((state) => (needle === '' ? null : state.accounts));
  return useMemo(() => {
    const isShown = (appId: string) =>
      accounts === null || `${accounts[appId]?.name} ${appId}`.toLowerCase().includes(needle);
    return groups.flatMap((group): Line[] => {
      const appIds = group.appIds.filter(isShown);
      if (appIds.length === 0) return [];
      return [
        { kind: 'group', name: group.name, count: appIds.length },
        ...appIds.map((appId): Line => ({ kind: 'account', appId })),
      ];
    });
  }, [groups, accounts, needle]);
}

const GROUP_HEIGHT = 34;
const ACCOUNT_HEIGHT = 36;

/** The accounts in groups, those that need a person first; only the rows in sight exist. */
export function AccountList({ filter, current, onChoose }: AccountListProps) {
  const { t } = useTranslation();
  const lines = useLines(filter);
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? GROUP_HEIGHT : ACCOUNT_HEIGHT),
    overscan: 8,
    initialRect: { width: 260, height: 500 },
  });
  if (lines.length === 0) return <p className={classes.none}>{t('nav.noMatch', { text: filter.trim() })}</p>;
  return (
    <nav ref={scroller} className={classes.scroller} aria-label={t('nav.accounts')}>
      <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          return line ? (
            <div
              key={line.kind === 'group' ? line.name : line.appId}
              className={classes.line}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {line.kind === 'group' ? (
                <p className={classes.group}>
                  {t(`group.${line.name}`)} <span className={classes.count}>{line.count}</span>
                </p>
              ) : (
                <AccountLink appId={line.appId} isCurrent={line.appId === current} onChoose={onChoose} />
              )}
            </div>
          ) : null;
        })}
      </div>
    </nav>
  );
}

interface AccountLinkProps {
  readonly appId: string;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}

function AccountLink({ appId, isCurrent, onChoose }: AccountLinkProps) {
  const { t } = useTranslation();
  const account = useAccount(appId);
  const settled = useSettledPhase(appId);
  const isRunning = useIsLong(useRefreshingSince(appId));
  if (!account) return null;
  const phase = isRunning ? 'refreshing' : settled;
  return (
    <a
      className={classes.account}
      href={hrefOf({ screen: 'account', appId })}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onChoose}
    >
      <PhaseMark phase={phase} />
      <span className={classes.name}>{account.name}</span>
      <span className={classes.hidden}>{t(`phase.${phase}`)}</span>
      <span className={classes.fact}>
        <AccountFact account={account} phase={phase} />
      </span>
    </a>
  );
}
