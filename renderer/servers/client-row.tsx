import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { useAgo } from '../shared/ago.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { useConsoleState } from '../store.ts';
import { type Fetched, fetchedBy } from './fetched.ts';
import classes from './servers.module.css';
import { StateMark } from './state-mark.tsx';

const NAMED_ACCOUNTS = 2;
const NAMED_BEHIND = 3;

interface ClientRowProps {
  readonly client: ClientView;
  readonly onRevoke: () => void;
}

/** One key: whose tokens it may get, how much it is used, and which token its server has. */
export function ClientRow({ client, onRevoke }: ClientRowProps) {
  const { t } = useTranslation();
  const created = useAgo(client.createdAt);
  const used = useAgo(client.lastUsedAt);
  const { name, lastUsedAt, perMinute } = client;
  return (
    <li className={classes.row}>
      <div className={classes.cell}>
        <span className={classes.name}>{name}</span>
        <Scope appIds={client.appIds} />
      </div>
      <div className={`${classes.cell} ${classes.wide}`}>
        <span>
          {lastUsedAt === null ? t('clients.unused') : t('clients.used', { ago: used })}
          {' · '}
          {t('clients.rate', { count: perMinute })}
          {' · '}
          {t('clients.created', { ago: created })}
        </span>
        <Has client={client} />
      </div>
      <Button size="xs" variant="default" aria-label={t('clients.revokeNamed', { name })} onClick={onRevoke}>
        {t('clients.revoke')}
      </Button>
    </li>
  );
}

function Scope({ appIds }: Pick<ClientView, 'appIds'>) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  if (appIds === '*') return <span>{t('clients.all')}</span>;
  const names = appIds
    .slice(0, NAMED_ACCOUNTS)
    .map((appId) => accounts[appId]?.name ?? t('clients.gone'))
    .join(t('clients.listSeparator'));
  const count = appIds.length;
  return <span>{count > NAMED_ACCOUNTS ? t('clients.some', { names, count }) : names}</span>;
}

/** Which token the server has, as far as it fetched one since the console started. */
function Has({ client }: Pick<ClientRowProps, 'client'>) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  // Only when a state changes is there anything new to draw.
  useNow((now) =>
    fetchedBy(client, accounts, now)
      .map(({ state }) => state)
      .join(),
  );
  const fetched = fetchedBy(client, accounts, Date.now());
  const behind = fetched.filter(({ state }) => state !== 'current');
  if (fetched.length === 0) return client.lastUsedAt === null ? null : <span>{t('clients.nothing')}</span>;
  if (behind.length === 0) return <StateMark tone="ok">{t('clients.current')}</StateMark>;
  const more = behind.length - NAMED_BEHIND;
  return (
    <>
      {behind.slice(0, NAMED_BEHIND).map((one) => (
        <StateMark key={one.appId} tone="warn">
          <Behind fetched={one} />
        </StateMark>
      ))}
      {more > 0 && <span>{t('clients.moreOld', { count: more })}</span>}
    </>
  );
}

function Behind({ fetched: { name, until } }: { readonly fetched: Fetched }) {
  const { t } = useTranslation();
  return until === null ? (
    t('clients.dead', { name })
  ) : (
    <CountdownText text={t('clients.old', { name, ...COUNTDOWN })} until={until} as="wait" />
  );
}
