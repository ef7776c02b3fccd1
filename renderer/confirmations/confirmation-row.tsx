import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { useAddress } from '../guidance/address-block.tsx';
import { askedAt } from '../guidance/consent.ts';
import { type MessageTopic, useMessage } from '../guidance/message.ts';
import { At } from '../guidance/moments.tsx';
import { RefreshButton } from '../refresh/refresh-button.tsx';
import { hrefOf } from '../router.ts';
import { useAgo } from '../shared/ago.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { PhaseMark } from '../shared/phase-mark.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import classes from './confirmations.module.css';
import type { RowState } from './rows.ts';

const MARK: Readonly<Record<RowState, { readonly phase: Phase; readonly tone: string }>> = {
  awaiting: { phase: 'awaiting-admin', tone: 'warn' },
  refused: { phase: 'refused', tone: 'bad' },
  whitelist: { phase: 'needs-attention', tone: 'bad' },
  confirmed: { phase: 'live', tone: 'ok' },
};

interface RowProps {
  readonly account: AccountView;
  readonly state: RowState;
}

/** One account: its state, the address, since when, what comes next, and what a person can do from here. */
export function ConfirmationRow({ account, state }: RowProps) {
  const { t } = useTranslation();
  const isOver = useIsOver(account.confirmation?.until ?? null);
  const { phase, tone } = MARK[state];
  const word = state === 'refused' && isOver ? 'refused-over' : state;
  return (
    <div className={classes.row}>
      <div className={classes.who}>
        <a className={classes.name} href={hrefOf({ screen: 'account', appId: account.appId })}>
          {account.name}
        </a>
        <span className={classes.state} data-tone={tone}>
          <PhaseMark phase={phase} /> {t(`confirmations.state.${word}`)}
        </span>
      </div>
      <div className={classes.what}>
        <Address account={account} />
        <span>
          <Since account={account} state={state} />
          <Next account={account} state={state} isOver={isOver} />
        </span>
      </div>
      {state !== 'confirmed' && <RowActions account={account} state={state} />}
    </div>
  );
}

function Address({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const address = useAddress(account);
  const ago = useAgo(address?.at ?? null);
  if (address === null) return <span>{t('confirmations.noIp')}</span>;
  return (
    <span>
      <span className={`mono ${classes.ip}`}>{address.ip}</span>{' '}
      {address.reportedFor !== null && t('confirmations.probableIp')}
      {address.reportedFor === null && address.at !== null && t('ip.reported', { ago })}
    </span>
  );
}

/** When it began, or when this console learned that it ended well. */
function sinceOf(account: AccountView, state: RowState): number | null {
  if (state === 'confirmed') return account.confirmationSteps.at(-1)?.at ?? null;
  if (state === 'refused') return account.confirmation?.since ?? null;
  return state === 'awaiting' ? askedAt(account) : (account.trouble?.since ?? null);
}

function Since({ account, state }: RowProps) {
  const { t } = useTranslation();
  const at = sinceOf(account, state);
  if (at === null) return null;
  const word = state === 'confirmed' ? 'confirmations.confirmedAt' : 'confirmations.since';
  const [before = '', after = ''] = t(word, COUNTDOWN).split(COUNTDOWN.time, 2);
  return (
    <>
      {before}
      <At at={at} />
      {after}
    </>
  );
}

/** The next thing that happens by the clock, after a dot; nothing where nothing is planned. */
function Next({ account, state, isOver }: RowProps & { readonly isOver: boolean }) {
  const { t } = useTranslation();
  const { confirmation } = account;
  const until =
    state === 'refused'
      ? (confirmation?.until ?? null)
      : (confirmation?.nextProbeAt ?? account.nextAttemptAt);
  const isDue = useIsOver(until);
  if (state === 'confirmed') return null;
  const dot = <span aria-hidden="true"> · </span>;
  let text: string;
  if (state === 'refused') text = t(isOver ? 'confirmations.talkFirst' : 'confirmations.ends', COUNTDOWN);
  else if (account.phase === 'refreshing' || isDue) text = t('confirmations.trying');
  else if (until === null) text = t('confirmations.probesUsed');
  else if (state === 'whitelist') text = t('confirmations.retry', COUNTDOWN);
  else text = t('confirmations.probe', { ...COUNTDOWN, left: confirmation?.probesLeft ?? 0 });
  return (
    <>
      {dot}
      {until !== null && !isDue && text.includes(COUNTDOWN.time) ? (
        <CountdownText text={text} until={until} as="wait" />
      ) : (
        text
      )}
    </>
  );
}

interface RowActionsProps {
  readonly account: AccountView;
  readonly state: MessageTopic;
}

/** A refused account is tried on its own page only, where a person is asked first. */
function RowActions({ account, state }: RowActionsProps) {
  const { t } = useTranslation();
  const message = useMessage(account, state);
  const { appId, name } = account;
  return (
    <fieldset className={classes.actions} aria-label={t('overview.actions', { name })}>
      <CopyButton text={message} label={t('message.copy')} size="xs" />
      {state !== 'refused' && <RefreshButton appId={appId} label={t('confirmations.tryNow')} size="xs" />}
    </fieldset>
  );
}
