import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { durationText, timeText } from '../format.ts';
import { OutcomeMark } from '../shared/outcome-mark.tsx';
import classes from './account-details.module.css';

/** What seldom changes, folded away. */
export function AccountDetails({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  return (
    <details className={classes.details}>
      <summary>{t('account.details')}</summary>
      <dl className={classes.facts}>
        <dt>AppID</dt>
        <dd className="mono">{account.appId}</dd>
        <dt>{t('account.secret')}</dt>
        <dd>{t(`secretState.${account.secret}`)}</dd>
        <dt>{t('account.leadSeconds')}</dt>
        <dd>
          {account.line === 'stable'
            ? t('token.aheadStable')
            : t('account.seconds', { value: account.leadSeconds })}
        </dd>
        <dt>{t('check.title')}</dt>
        <dd>
          {account.checkMinutes === 0 ? t('check.off') : t('check.every', { value: account.checkMinutes })}
        </dd>
        <dt>{t('account.apiBase')}</dt>
        <dd>{account.apiBase}</dd>
        <dt>{t('account.callerIp')}</dt>
        <dd>{account.callerIp ?? t('account.callerIpNone')}</dd>
        {account.role !== 'alone' && (
          <>
            <dt>{t('role.title')}</dt>
            <dd>{t(`role.${account.role}`)}</dd>
          </>
        )}
        <dt>{t('account.lastAttempt')}</dt>
        <dd>
          <LastAttempt account={account} />
        </dd>
      </dl>
    </details>
  );
}

function LastAttempt({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const attempt = account.lastAttempt;
  const at = useNow((now) => (attempt ? timeText(attempt.at, now) : ''));
  if (attempt === null) return t('account.noAttempt');
  return (
    <>
      {at} · {t(`trigger.${attempt.trigger}`)} · <OutcomeMark outcome={attempt.outcome} />{' '}
      {t(`outcome.${attempt.outcome}`)} · {durationText(attempt.durationMs)}
    </>
  );
}
