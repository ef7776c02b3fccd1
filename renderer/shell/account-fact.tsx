import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { codeOf } from '../shared/catalogue.ts';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';

/** The one thing to do for an account that needs a person, in two or three words. */
export function useShortProblem(account: AccountView): string {
  const { t } = useTranslation();
  if (account.secret === 'missing') return t('short.secret-missing');
  if (account.secret === 'locked') return t('short.secret-locked');
  const { trouble, lastAttempt } = account;
  if (trouble?.errcode === FROZEN) return t('short.frozen');
  switch (trouble?.class) {
    case 'not-whitelisted':
    case 'secret':
    case 'account':
    case 'quota':
      return t(`short.${trouble.class}`);
    default:
      return String(trouble?.errcode ?? (lastAttempt && codeOf(lastAttempt)) ?? t('phase.needs-attention'));
  }
}

const FROZEN = 40243;

interface FactProps {
  readonly account: AccountView;
  readonly phase: Phase;
}

/** The one fact that matters beside an account's name: time left, or what is missing. */
export function AccountFact({ account, phase }: FactProps) {
  const { t } = useTranslation();
  const short = useShortProblem(account);
  const isExpired = useIsOver(account.token?.expiresAt ?? null);
  if (phase === 'paused') return t('phase.paused');
  if (phase === 'refreshing') return t('phase.refreshing');
  if (phase === 'awaiting-admin') return account.confirmation?.ip ?? t('short.awaiting-admin');
  if (phase === 'refused')
    return <Until until={account.confirmation?.until ?? null} word={t('short.refused')} />;
  if (phase === 'needs-attention' || account.secret === 'missing' || account.secret === 'locked')
    return short;
  if (phase === 'retrying') return <Until until={account.nextAttemptAt} word={t('phase.retrying')} />;
  if (account.token === null) return t('phase.new');
  return isExpired ? t('fact.expired') : <TimeLeft until={account.token.expiresAt} as="life" />;
}

function Until({ until, word }: { readonly until: number | null; readonly word: string }) {
  const isOver = useIsOver(until);
  if (until === null || isOver) return word;
  return (
    <>
      {word} <TimeLeft until={until} as="wait" />
    </>
  );
}
