import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { RefreshButton } from '../refresh/refresh-button.tsx';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';
import { AddressBlock } from './address-block.tsx';
import classes from './guidance.module.css';
import { MessageBox } from './message-box.tsx';
import { At } from './moments.tsx';
import { Timeline } from './timeline.tsx';

interface ConfirmationProps {
  readonly account: AccountView;
}

/** The administrator has to confirm: which IP, how far it is, what he sees and where. */
export function Awaiting({ account }: ConfirmationProps) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('confirm.lead')}</p>
      <AddressBlock account={account} />
      <Timeline account={account} />
      <ol className={classes.steps}>
        <li>
          {t('confirm.step1')}
          <MessageBox account={account} topic="awaiting" />
        </li>
        <li>{t('confirm.step2')}</li>
        <li>{t('confirm.step3')}</li>
      </ol>
    </>
  );
}

/** The administrator refused: when the block ends, and why nobody should try before. */
export function Refused({ account }: ConfirmationProps) {
  const isOver = useIsOver(account.confirmation?.until ?? null);
  return isOver ? <RefusalOver account={account} /> : <RefusalLasts account={account} />;
}

function RefusalLasts({ account }: ConfirmationProps) {
  const { t } = useTranslation();
  const { confirmation } = account;
  const until = confirmation?.until ?? null;
  return (
    <>
      <p>{t(confirmation?.state === 'refused-twice' ? 'refusal.twice' : 'refusal.once')}</p>
      {until !== null && (
        <p className={classes.countdown}>
          {t('refusal.ends')}{' '}
          <span className={classes.figures}>
            <TimeLeft until={until} as="wait" />
          </span>{' '}
          <span className={classes.small}>
            <At at={until} />
          </span>
        </p>
      )}
      <p>{t('refusal.whyWait')}</p>
      <AddressBlock account={account} />
      <Timeline account={account} />
      <ol className={classes.steps}>
        <li>
          {t('refusal.step1')}
          <MessageBox account={account} topic="refused" />
        </li>
        <li>{t('refusal.step2')}</li>
      </ol>
      <p>{t('refusal.instead')}</p>
    </>
  );
}

function RefusalOver({ account }: ConfirmationProps) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('refusal.over.lead')}</p>
      <AddressBlock account={account} />
      <Timeline account={account} />
      <MessageBox account={account} topic="refused" />
      <p>{t('refusal.instead')}</p>
    </>
  );
}

/** Before the block's end a quiet way out; after it one try, once the administrator knows. */
export function RefusedActions({ account }: ConfirmationProps) {
  const { t } = useTranslation();
  const [hasTalked, setHasTalked] = useState(false);
  const isOver = useIsOver(account.confirmation?.until ?? null);
  if (!isOver) return <RefreshButton appId={account.appId} label={t('refusal.tryEarly')} />;
  return (
    <div className={classes.talk}>
      <Checkbox
        label={t('refusal.over.check')}
        checked={hasTalked}
        onChange={(event) => setHasTalked(event.currentTarget.checked)}
      />
      {hasTalked ? (
        <RefreshButton appId={account.appId} label={t('refusal.over.tryNow')} variant="filled" />
      ) : (
        <div className={classes.line}>
          <Button disabled>{t('refusal.over.tryNow')}</Button>
          <span className={classes.small}>{t('refusal.over.hint')}</span>
        </div>
      )}
    </div>
  );
}
