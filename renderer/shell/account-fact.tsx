import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { codeOf, entryOf, useCatalogue } from '../shared/catalogue.ts';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';

/** The one thing to do for an account that needs a person, in two or three words. */
export function useShortProblem(account: AccountView): string {
  const { t } = useTranslation();
  const { entries } = useCatalogue();
  if (account.secret === 'missing') return t('short.secret-missing');
  if (account.secret === 'locked') return t('short.secret-locked');
  const code = account.lastAttempt ? codeOf(account.lastAttempt) : null;
  const group = entryOf(entries, code)?.class;
  if (group === 'not-whitelisted' || group === 'secret' || group === 'account' || group === 'quota') {
    return t(`short.${group}`);
  }
  return code === null ? t('phase.needs-attention') : String(code);
}

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
