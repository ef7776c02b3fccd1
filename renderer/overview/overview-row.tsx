import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { shortAppId } from '../format.ts';
import { useIsLong, useRefreshingSince, useRefreshState } from '../refresh/flow.ts';
import { RefreshIcon } from '../refresh/refresh-button.tsx';
import { hrefOf } from '../router.ts';
import { OverwrittenMark } from '../safety/overwritten-mark.tsx';
import { useCommandErrorText } from '../shared/command-error.ts';
import { CopyTokenIcon } from '../shared/copy-button.tsx';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { PhaseBadge } from '../shared/phase-badge.tsx';
import { lifeStart, lifeTone, Ring } from '../shared/ring.tsx';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';
import { useShortProblem } from '../shell/account-fact.tsx';
import { useAccount, useSettledPhase } from '../store.ts';
import classes from './overview.module.css';

/** One account at a glance: how long its token lives, its phase, what happens next, copy and refresh. */
export function OverviewRow({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  const account = useAccount(appId);
  const settled = useSettledPhase(appId);
  const isRunning = useIsLong(useRefreshingSince(appId));
  const isOver = useIsOver(account?.token?.expiresAt ?? null);
  if (!account) return null;
  const phase = isRunning ? 'refreshing' : settled;
  const isLive = account.token !== null && !isOver;
  return (
    <div className={classes.card}>
      <Ring
        from={account.token ? lifeStart(account.token) : 0}
        until={account.token?.expiresAt ?? 0}
        tone={lifeTone(settled, isOver)}
        size={34}
        stroke={4}
      />
      <div className={classes.who}>
        <a className={classes.name} href={hrefOf({ screen: 'account', appId })}>
          {account.name}
        </a>
        <span className={classes.what}>
          <span className="mono">{shortAppId(appId)}</span> · {t(`kind.${account.kind}`)} ·{' '}
          {t(`line.${account.line}`)}
        </span>
      </div>
      <div className={classes.left}>
        {isLive && account.token ? (
          <TimeLeft until={account.token.expiresAt} as="life" />
        ) : (
          <span className={classes.noToken}>{t(isOver ? 'fact.expired' : 'fact.noToken')}</span>
        )}
      </div>
      <div className={classes.state}>
        <span className={classes.marks}>
          <PhaseBadge phase={phase} />
          <OverwrittenMark overwrittenAt={account.overwrittenAt} />
        </span>
        <span className={classes.next}>
          <Next account={account} phase={settled} />
        </span>
      </div>
      <fieldset className={classes.actions} aria-label={t('overview.actions', { name: account.name })}>
        {isLive && <CopyTokenIcon appId={appId} label={t('copy.token', { name: account.name })} />}
        {settled !== 'paused' && (
          <RefreshIcon appId={appId} label={`${t('account.refresh')}: ${account.name}`} />
        )}
      </fieldset>
    </div>
  );
}

/** What happens next and when, or the one thing a person has to do. */
function Next({ account, phase }: { readonly account: AccountView; readonly phase: Phase }) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const result = useRefreshState((state) => state.results[account.appId]);
  const short = useShortProblem(account);
  if (result?.kind === 'not-done') return errorText(result.error);
  if (result?.kind === 'same-token') return t('refresh.sameToken');
  if (phase === 'paused') return null;
  if (account.phase === 'refreshing') return t('refresh.started');
  if (account.secret === 'missing' || account.secret === 'locked') return short;
  if (phase === 'refused') {
    return <Countdown until={account.confirmation?.until ?? null} word={t('fact.allowedIn', COUNTDOWN)} />;
  }
  if (phase === 'awaiting-admin') {
    const next = account.confirmation?.nextProbeAt ?? account.nextAttemptAt;
    return (
      <Countdown until={next} word={t('fact.probeIn', COUNTDOWN)} before={account.confirmation?.ip ?? ''} />
    );
  }
  let word = t('fact.retryIn', COUNTDOWN);
  if (phase === 'live') word = t('next.planned', COUNTDOWN);
  else if (phase === 'new') word = t('next.first', COUNTDOWN);
  const before = phase === 'needs-attention' ? short : '';
  if (account.nextAttemptAt === null && !before && account.role === 'following')
    return t('role.followsShort');
  return <Countdown until={account.nextAttemptAt} word={word} before={before} />;
}

interface CountdownProps {
  readonly until: number | null;
  readonly word: string;
  readonly before?: string;
}

function Countdown({ until, word, before = '' }: CountdownProps) {
  const { t } = useTranslation();
  const isOver = useIsOver(until);
  if (until === null) return before || t('next.none');
  return (
    <>
      {before && `${before} · `}
      {isOver ? t('fact.soon') : <CountdownText text={word} until={until} as="wait" />}
    </>
  );
}
