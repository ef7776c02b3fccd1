import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { openDialogOf } from '../account/open-dialog.ts';
import { useNow } from '../clock.ts';
import { exactTime, timeText } from '../format.ts';
import { IconAlertTriangle } from '../shared/icons.ts';
import { overwritesOfDay } from './overwritten.ts';
import classes from './overwritten-card.module.css';

/** Another system ends this account's token: how often, when, why, and the ways out. */
export function OverwrittenCard({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const count = useNow((now) => overwritesOfDay(account.overwrittenAt, now).length);
  if (count === 0) return null;
  const isStandard = account.line === 'standard';
  return (
    <section className={classes.card} aria-labelledby="overwritten">
      <h2 id="overwritten" className={classes.title}>
        <IconAlertTriangle size={20} aria-hidden="true" />
        {t('overwritten.title', { count })}
      </h2>
      <p>{t('overwritten.what')}</p>
      <p>{t(isStandard ? 'overwritten.whyStandard' : 'overwritten.whyStable')}</p>
      <Times account={account} />
      {isStandard && <h3>{t('overwritten.ways')}</h3>}
      <div className={classes.ways}>
        <FindSteps isStandard={isStandard} />
        {isStandard && <MoveWay appId={account.appId} />}
      </div>
      {account.checkMinutes > 0 && (
        <p className={classes.small}>{t('overwritten.itself', { value: account.checkMinutes })}</p>
      )}
    </section>
  );
}

const SHOWN = 5;
const OLD_TOKEN_MINUTES = 5;

function Times({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const times = useNow((now) => overwritesOfDay(account.overwrittenAt, now).join())
    .split(',')
    .map(Number);
  const earlier = times.slice(SHOWN);
  return (
    <div className={classes.times}>
      <h3>{t('overwritten.times')}</h3>
      <TimeList times={times.slice(0, SHOWN)} />
      {earlier.length > 0 && (
        <details>
          <summary>{t('overwritten.earlier', { count: earlier.length })}</summary>
          <TimeList times={earlier} />
        </details>
      )}
      <p className={classes.small}>
        {account.checkMinutes === 0
          ? t('overwritten.lateOff')
          : t('overwritten.late', { minutes: OLD_TOKEN_MINUTES + account.checkMinutes })}
      </p>
      {account.line === 'stable' && <p className={classes.small}>{t('overwritten.beforeMove')}</p>}
    </div>
  );
}

function TimeList({ times }: { readonly times: readonly number[] }) {
  return (
    <ul className={classes.list}>
      {times.map((at) => (
        <li key={at}>
          <Time at={at} />
        </li>
      ))}
    </ul>
  );
}

function Time({ at }: { readonly at: number }) {
  const text = useNow((now) => timeText(at, now));
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {text}
    </time>
  );
}

function FindSteps({ isStandard }: { readonly isStandard: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.way}>
      <h4>{t('overwritten.find')}</h4>
      <ol className={classes.steps}>
        <li>{t('overwritten.findWho')}</li>
        <li>{t('overwritten.findWhen')}</li>
        <li>{t(isStandard ? 'overwritten.findSdk' : 'overwritten.findForce')}</li>
        <li>{t('overwritten.findReset')}</li>
      </ol>
    </div>
  );
}

function MoveWay({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.way}>
      <h4>{t('overwritten.move')}</h4>
      <p>{t('overwritten.moveText')}</p>
      <div>
        <Button variant="default" onClick={() => openDialogOf(appId, 'move')}>
          {t('account.move')}
        </Button>
      </div>
    </div>
  );
}
