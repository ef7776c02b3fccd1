import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { timeText } from '../format.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import classes from './guide.module.css';
import { GuideHeading } from './guide-heading.tsx';

interface PageProps {
  readonly account: AccountView;
  readonly knows: boolean;
  readonly setKnows: (knows: boolean) => void;
  readonly isBusy: boolean;
  readonly error: CommandError | null;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** What changes with the line. */
export function WhatPage({ onBack, onNext }: PageProps) {
  const { t } = useTranslation();
  return (
    <>
      <GuideHeading>{t('move.what')}</GuideHeading>
      <ul className={classes.points}>
        <li>{t('move.whatLines')}</li>
        <li>{t('move.whatSame')}</li>
        <li>{t('move.whatRenew')}</li>
      </ul>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('form.cancel')}
        </Button>
        <Button onClick={onNext}>{t('move.next')}</Button>
      </div>
    </>
  );
}

/** Who has to change with it; on only for a person who knows. */
export function WhoPage({ knows, setKnows, onBack, onNext }: PageProps) {
  const { t } = useTranslation();
  return (
    <>
      <GuideHeading>{t('move.who')}</GuideHeading>
      <ul className={classes.points}>
        <li>{t('move.whoTake')}</li>
        <li>{t('move.whoOwn')}</li>
        <li>{t('move.whoMixed')}</li>
      </ul>
      <Checkbox
        label={t('move.whoCheck')}
        checked={knows}
        onChange={(event) => setKnows(event.currentTarget.checked)}
      />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('move.back')}
        </Button>
        <Button disabled={!knows} onClick={onNext}>
          {t('move.next')}
        </Button>
      </div>
    </>
  );
}

/** What happens on the last yes. */
export function GoPage({ account, isBusy, error, onBack, onNext }: PageProps) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const { token } = account;
  const isOver = useIsOver(token?.expiresAt ?? null);
  return (
    <>
      <GuideHeading>{t('move.go')}</GuideHeading>
      <ul className={classes.points}>
        <li>{t('move.goAsk')}</li>
        <li>
          {token === null || isOver
            ? t('move.goNone')
            : t('move.goOld', { time: timeText(token.expiresAt, Date.now()) })}
        </li>
        <li>{t('move.goBack')}</li>
      </ul>
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('move.back')}
        </Button>
        <Button loading={isBusy} onClick={onNext}>
          {t('move.confirm')}
        </Button>
      </div>
    </>
  );
}
