import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { timeText } from '../format.ts';
import classes from './guide.module.css';
import { GuideHeading } from './guide-heading.tsx';
import { type BeforeMove, moveOutcome } from './move.ts';

interface MoveResultProps {
  readonly account: AccountView;
  readonly before: BeforeMove;
  readonly onClose: () => void;
}

/** How the move came out, as soon as WeChat's answer is there. */
export function MoveResult({ account, before, onClose }: MoveResultProps) {
  const { t } = useTranslation();
  const outcome = moveOutcome(account, before);
  return (
    <div className={classes.words}>
      <GuideHeading>{t(`move.${outcome}`)}</GuideHeading>
      {outcome === 'asking' && <Loader size="sm" />}
      {outcome === 'live' && account.token && (
        <>
          <p>
            {t('move.liveToken', {
              fingerprint: account.token.fingerprint,
              time: timeText(account.token.expiresAt, Date.now()),
            })}
          </p>
          <p>{t('move.liveNext')}</p>
        </>
      )}
      {outcome === 'trouble' && <p>{t('move.troubleNext')}</p>}
      {outcome === 'paused' && <p>{t('move.pausedNext')}</p>}
      <div className={classes.buttons}>
        <Button onClick={onClose}>{t(outcome === 'trouble' ? 'move.troubleShow' : 'move.done')}</Button>
      </div>
    </div>
  );
}
