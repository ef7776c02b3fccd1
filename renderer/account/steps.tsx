import { useTranslation } from 'react-i18next';
import type { AccountKind, AccountView } from '../../electron/console/contract.ts';
import { exactTime, timeText } from '../format.ts';
import { CopyButton, CopyIcon } from '../shared/copy-button.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { TimeLeft, useIsOver } from '../shared/time-left.tsx';
import classes from './steps.module.css';
import { addressOf } from './todo.ts';

// Where each kind keeps its IP whitelist.
const PLATFORM: Readonly<Record<AccountKind, string>> = {
  official: 'https://developers.weixin.qq.com/platform/',
  mini: 'https://mp.weixin.qq.com/',
};

interface StepsProps {
  readonly account: AccountView;
}

/** The address, large enough to be read out over the telephone. */
function Address({ ip }: { readonly ip: string }) {
  const { t } = useTranslation();
  return (
    <p className={classes.address}>
      <span className="mono">{ip}</span>
      <CopyIcon text={ip} label={t('copy.ip')} />
    </p>
  );
}

export function WhitelistSteps({ account }: StepsProps) {
  const { t } = useTranslation();
  const ip = addressOf(account);
  return (
    <>
      <p>{t('todo.whitelist.lead')}</p>
      {ip === null ? <p>{t('todo.whitelist.noIp')}</p> : <Address ip={ip} />}
      <ol className={classes.steps}>
        <li>
          {t(`todo.whitelist.${account.kind}`)}{' '}
          <ExternalLink href={PLATFORM[account.kind]}>
            {t(account.kind === 'mini' ? 'todo.whitelist.platformMini' : 'todo.whitelist.platformOfficial')}
          </ExternalLink>
        </li>
        <li>{t('todo.whitelist.add')}</li>
      </ol>
    </>
  );
}

export function AwaitingSteps({ account }: StepsProps) {
  const { t } = useTranslation();
  const ip = addressOf(account);
  const since = account.confirmation?.since;
  const notice = t('todo.awaiting.notice', {
    ip: ip ?? t('todo.awaiting.noticeUnknownIp'),
    name: account.name,
    appId: account.appId,
  });
  return (
    <>
      <p>{t('todo.awaiting.lead')}</p>
      {ip !== null && <Address ip={ip} />}
      {since !== undefined && (
        <p className={classes.since} title={exactTime(since)}>
          {t('todo.awaiting.since')} {timeText(since, Date.now())}
        </p>
      )}
      <ol className={classes.steps}>
        <li>
          {t('todo.awaiting.step1')}
          <div className={classes.inStep}>
            <CopyButton text={notice} label={t('todo.awaiting.copyNotice')} size="xs" />
          </div>
        </li>
        <li>{t('todo.awaiting.step2')}</li>
        <li>{t('todo.awaiting.step3')}</li>
      </ol>
    </>
  );
}

export function RefusedSteps({ account }: StepsProps) {
  const { t } = useTranslation();
  const ip = addressOf(account);
  const until = account.confirmation?.until ?? null;
  const isOver = useIsOver(until);
  return (
    <>
      <p>{t(account.confirmation?.state === 'refused-twice' ? 'todo.refused.twice' : 'todo.refused.once')}</p>
      {ip !== null && <Address ip={ip} />}
      <ol className={classes.steps}>
        <li>{t('todo.refused.step1')}</li>
        <li>{t('todo.refused.step2')}</li>
      </ol>
      {until !== null && !isOver && (
        <p className={classes.countdown}>
          {t('todo.refused.ends')}{' '}
          <span className={classes.figures}>
            <TimeLeft until={until} as="wait" />
          </span>{' '}
          <span className={classes.since} title={exactTime(until)}>
            {timeText(until, Date.now())}
          </span>
        </p>
      )}
      {isOver && <p>{t('todo.refused.over')}</p>}
      <p>{t('todo.refused.warn')}</p>
    </>
  );
}
