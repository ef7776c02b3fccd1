import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { useAgo } from '../shared/ago.ts';
import { checkWordOf } from './check-words.ts';
import classes from './last-check.module.css';

/** When WeChat was last asked whether the token works, what it said, and how often that happens by itself. */
export function LastCheck({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const ago = useAgo(account.lastCheck?.at ?? null);
  const word = checkWordOf(account);
  return (
    <p className={classes.check}>
      <span data-tone={word === 'dead' ? 'bad' : undefined}>{t(`check.${word}`, { ago })}</span>
      <span className={classes.every}>
        {account.checkMinutes === 0 ? t('check.off') : t('check.every', { value: account.checkMinutes })}
      </span>
    </p>
  );
}
