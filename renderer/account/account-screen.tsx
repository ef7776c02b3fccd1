import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError, Phase } from '../../electron/console/contract.ts';
import { shortAppId } from '../format.ts';
import { ConfirmedLately } from '../guidance/confirmed.tsx';
import { TodoPanel } from '../guidance/todo-panel.tsx';
import { useIsLong, useRefreshingSince } from '../refresh/flow.ts';
import { RefreshButton } from '../refresh/refresh-button.tsx';
import { RefreshResultNote } from '../refresh/refresh-result.tsx';
import { hrefOf } from '../router.ts';
import { DrillNote } from '../safety/drill-note.tsx';
import { OverwrittenCard } from '../safety/overwritten-card.tsx';
import { useCommandErrorText } from '../shared/command-error.ts';
import { CopyIcon, CopyTokenButton } from '../shared/copy-button.tsx';
import { Note } from '../shared/note.tsx';
import { PhaseBadge } from '../shared/phase-badge.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useAccount, useSettledPhase } from '../store.ts';
import { AccountDetails } from './account-details.tsx';
import { AccountMenu } from './account-menu.tsx';
import classes from './account-screen.module.css';
import { usePause } from './actions.ts';
import { AccountDialogs } from './dialogs.tsx';
import { type DialogName, openDialogOf, useOpenDialog } from './open-dialog.ts';
import { RecentRows } from './recent-rows.tsx';
import { TokenCard } from './token-card.tsx';

/** One account: what to do now, its token, its last day. */
export function AccountScreen({ appId }: { readonly appId: string }) {
  const account = useAccount(appId);
  const settled = useSettledPhase(appId);
  return account ? <Account account={account} settled={settled} /> : <NoAccount />;
}

function NoAccount() {
  const { t } = useTranslation();
  return (
    <div className={classes.screen}>
      <PageHeading>{t('account.unknown')}</PageHeading>
      <p>{t('account.unknownText')}</p>
      <Button component="a" href={hrefOf({ screen: 'home' })} className={classes.start ?? ''}>
        {t('account.back')}
      </Button>
    </div>
  );
}

interface AccountProps {
  readonly account: AccountView;
  readonly settled: Phase;
}

function Account({ account, settled }: AccountProps) {
  const errorText = useCommandErrorText();
  const pause = usePause();
  const dialog = useOpenDialog(account.appId);
  const [error, setError] = useState<CommandError | null>(null);
  const openDialog = (name: DialogName | null) => openDialogOf(account.appId, name);
  useEffect(() => () => openDialogOf(account.appId, null), [account.appId]);
  const onPause = async (paused: boolean) => setError(await pause(account.appId, paused));
  return (
    <div className={classes.screen}>
      <Header account={account} settled={settled} openDialog={openDialog} onPause={(p) => void onPause(p)} />
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
      <RefreshResultNote appId={account.appId} />
      <DrillNote account={account} />
      <div className={classes.cards}>
        <TodoPanel account={account} settled={settled} openDialog={openDialog} />
        <TokenCard account={account} settled={settled} />
      </div>
      <OverwrittenCard account={account} />
      <RecentRows account={account} />
      <ConfirmedLately account={account} />
      <AccountDetails account={account} />
      <AccountDialogs account={account} open={dialog} onClose={() => openDialog(null)} />
    </div>
  );
}

interface HeaderProps extends AccountProps {
  readonly openDialog: (dialog: DialogName) => void;
  readonly onPause: (paused: boolean) => void;
}

/** Phases in which nobody has to act: copying the token is then what the screen is for. */
const CALM: ReadonlySet<Phase> = new Set<Phase>(['live', 'new', 'refreshing']);

function Header({ account, settled, openDialog, onPause }: HeaderProps) {
  const { t } = useTranslation();
  const isRunning = useIsLong(useRefreshingSince(account.appId));
  const isOver = useIsOver(account.token?.expiresAt ?? null);
  const isLive = account.token !== null && !isOver;
  const isCalm = CALM.has(settled) && account.secret !== 'missing' && account.secret !== 'locked';
  return (
    <header className={classes.header}>
      <div className={classes.names}>
        <PageHeading>{account.name}</PageHeading>
        <p className={classes.facts}>
          <PhaseBadge phase={isRunning ? 'refreshing' : settled} />
          <span className={classes.appId}>
            <span className="mono" title={account.appId}>
              {shortAppId(account.appId)}
            </span>
            <CopyIcon text={account.appId} label={t('copy.appId')} />
          </span>
          <span>
            {t(`kind.${account.kind}`)} · {t(`line.${account.line}`)}
          </span>
        </p>
      </div>
      <div className={classes.actions}>
        {settled !== 'paused' && isCalm && (
          <RefreshButton
            appId={account.appId}
            label={t(account.token === null ? 'account.fetch' : 'account.refresh')}
            variant={isLive ? 'default' : 'filled'}
            {...(account.line === 'stable' && isLive && { title: t('refresh.stableHint') })}
          />
        )}
        {isLive && (
          <CopyTokenButton
            appId={account.appId}
            label={t('token.copy')}
            data-shortcut="copy"
            variant={isCalm ? 'filled' : 'default'}
          />
        )}
        <AccountMenu account={account} settled={settled} openDialog={openDialog} onPause={onPause} />
      </div>
    </header>
  );
}
