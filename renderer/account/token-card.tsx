import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { exactTime, timeText } from '../format.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { lifeStart, lifeTone, Ring, type Tone } from '../shared/ring.tsx';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';
import classes from './token-card.module.css';
import { TokenText } from './token-text.tsx';
import { VerifyButton } from './verify-button.tsx';

interface TokenCardProps {
  readonly account: AccountView;
  readonly settled: Phase;
}

/** The token: how long it lives, what comes next, and what is left of the one before. */
export function TokenCard({ account, settled }: TokenCardProps) {
  const { t } = useTranslation();
  const { token } = account;
  const isOver = useIsOver(token?.expiresAt ?? null);
  return (
    <section className={classes.card} aria-labelledby="token">
      <h2 id="token" className={classes.kicker}>
        {t('token.title')}
      </h2>
      {token === null ? (
        <NoToken hasTried={account.lastAttempt !== null} />
      ) : (
        <div className={classes.body}>
          <Dial token={token} tone={lifeTone(settled, isOver)} isOver={isOver} />
          <div className={classes.side}>
            <NextRefresh account={account} settled={settled} />
            <Overlap account={account} />
            <TokenText key={token.fingerprint} account={account} fingerprint={token.fingerprint} />
            {!isOver && <VerifyButton key={`verify-${token.fingerprint}`} account={account} />}
          </div>
        </div>
      )}
    </section>
  );
}

interface DialProps {
  readonly token: NonNullable<AccountView['token']>;
  readonly tone: Tone;
  readonly isOver: boolean;
}

/** The time left, large, inside its ring, with the exact time beside the relative one. */
function Dial({ token, tone, isOver }: DialProps) {
  const { t } = useTranslation();
  const time = useNow((now) => timeText(token.expiresAt, now));
  return (
    <div className={classes.dial}>
      <Ring from={lifeStart(token)} until={token.expiresAt} tone={tone} size={176} stroke={9}>
        <span className={classes.figures}>
          <TimeLeft until={token.expiresAt} as="life" />
        </span>
        <span className={classes.exact} title={exactTime(token.expiresAt)}>
          {t(isOver ? 'token.expiredAt' : 'token.expiresAt', { time })}
        </span>
      </Ring>
    </div>
  );
}

/** The token before this one, for as long as WeChat still accepts it. */
function Overlap({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { previousToken } = account;
  const isOver = useIsOver(previousToken?.usableUntil ?? null);
  if (previousToken === null || isOver) return null;
  return (
    <p className={classes.line}>
      <CountdownText text={t('token.previous', COUNTDOWN)} until={previousToken.usableUntil} as="wait" />
      <span className={classes.small}>
        {t('token.previousWhy', { fingerprint: previousToken.fingerprint })}
      </span>
    </p>
  );
}

function NoToken({ hasTried }: { readonly hasTried: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.none}>
      <Ring from={0} until={0} tone="idle" size={176} stroke={9}>
        <span className={classes.noneTitle}>{t('token.none')}</span>
      </Ring>
      <p className={classes.small}>{t(hasTried ? 'token.noneFailed' : 'token.noneText')}</p>
    </div>
  );
}

/** When the console renews it; only where that is planned and nothing else is told above. */
function NextRefresh({ account, settled }: TokenCardProps) {
  const { t } = useTranslation();
  const isCalm = settled === 'live' || settled === 'new';
  const next = isCalm ? account.nextAttemptAt : null;
  const isDue = useIsOver(next) || account.phase === 'refreshing';
  if (!isCalm) return null;
  if (next === null && !isDue) {
    return (
      <p className={classes.line}>{t(account.role === 'following' ? 'role.follows' : 'token.noPlan')}</p>
    );
  }
  // Never more than half a life (design.md): only seen with tokens far shorter than WeChat's.
  const leadSeconds = Math.min(
    account.leadSeconds,
    (account.token?.expiresIn ?? Number.POSITIVE_INFINITY) / 2,
  );
  const lead = t('account.minutes', { value: Math.round(leadSeconds / 60) });
  return (
    <p className={classes.line}>
      {next === null || isDue ? (
        t('fact.soon')
      ) : (
        <CountdownText text={t('token.aheadIn', COUNTDOWN)} until={next} as="life" />
      )}
      <span className={classes.small}>
        {account.line === 'stable' ? t('token.aheadStable') : t('token.aheadNote', { lead })}
      </span>
    </p>
  );
}
