import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HandoutView } from '../../electron/console/contract.ts';
import { replaceRoute } from '../router.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import { type Choice, choiceOf, queryOf } from './choice.ts';
import { Clients } from './clients.tsx';
import { Connect, NoAccounts, Reminder } from './connect.tsx';
import { GatewayCard } from './gateway-card.tsx';
import { RedisCard } from './redis-card.tsx';
import classes from './servers.module.css';
import { Targets } from './targets.tsx';
import { useHandout } from './use-handout.ts';

/** Handing tokens out: where, to whom, how to connect, and how each place stands. */
export default function Servers({ query }: { readonly query: string }) {
  const { t } = useTranslation();
  const { view, hasFailed, read, take } = useHandout();
  return (
    <div className={classes.screen}>
      <header>
        <PageHeading>{t('servers.title')}</PageHeading>
        <p className={classes.lead}>{t('servers.lead')}</p>
      </header>
      {hasFailed && (
        <p role="status">
          {t('servers.failed')}{' '}
          <Button size="compact-sm" variant="subtle" onClick={() => void read()}>
            {t('servers.again')}
          </Button>
        </p>
      )}
      {view === null && !hasFailed && <p className={classes.small}>{t('servers.reading')}</p>}
      {view !== null && <Parts view={view} query={query} onView={take} onChange={() => void read()} />}
    </div>
  );
}

interface PartsProps {
  readonly view: HandoutView;
  readonly query: string;
  readonly onView: (view: HandoutView) => void;
  readonly onChange: () => void;
}

function Parts({ view, query, onView, onChange }: PartsProps) {
  const accounts = useConsoleState((state) => state.accounts);
  const choice = choiceOf(query, Object.keys(accounts));
  const account = choice.appId === null ? undefined : accounts[choice.appId];
  const choose = (next: Choice) => replaceRoute({ screen: 'servers', query: queryOf(next) });
  return (
    <>
      <div className={classes.cards}>
        <GatewayCard gateway={view.gateway} onView={onView} />
        <RedisCard redis={view.redis} onView={onView} />
      </div>
      <Clients clients={view.clients} onChange={onChange} />
      {account === undefined ? (
        <NoAccounts />
      ) : (
        <>
          <Connect view={view} account={account} choice={choice} onChoose={choose} onView={onView} />
          <Targets key={account.appId} view={view} account={account} onView={onView} />
          {account.kind === 'official' && <Reminder />}
        </>
      )}
    </>
  );
}
