import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../clock.ts';
import { seenAddresses } from '../guidance/address.ts';
import { AddressList } from '../guidance/address-list.tsx';
import { ChangingAddress } from '../guidance/whitelist.tsx';
import { WindowList } from '../shared/window-list.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import { ConfirmationRow } from './confirmation-row.tsx';
import classes from './confirmations.module.css';
import { confirmationRows } from './rows.ts';

const ROW_HEIGHT = 84;
const MINUTE = 60_000;

/** Over all accounts: who waits because of an address, and the addresses this console was seen under. */
export default function Confirmations() {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const minute = useNow((now) => Math.floor(now / MINUTE));
  const rows = useMemo(() => confirmationRows(accounts, minute * MINUTE), [accounts, minute]);
  return (
    <div className={classes.screen}>
      <header>
        <PageHeading>{t('confirmations.title')}</PageHeading>
        <p className={classes.lead}>{t('confirmations.lead')}</p>
      </header>
      {rows.length === 0 ? (
        <div className={classes.none}>
          <p>{t('confirmations.none')}</p>
          <p className={classes.small}>{t('confirmations.noneText')}</p>
        </div>
      ) : (
        <WindowList
          label={t('confirmations.list')}
          items={rows}
          keyOf={({ account }) => account.appId}
          rowHeight={ROW_HEIGHT}
        >
          {({ account, state }) => <ConfirmationRow account={account} state={state} />}
        </WindowList>
      )}
      <Addresses />
    </div>
  );
}

function Addresses() {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const addresses = useMemo(() => seenAddresses(Object.values(accounts)), [accounts]);
  return (
    <section className={classes.addresses} aria-labelledby="addresses">
      <h2 id="addresses">{t('confirmations.addresses.title')}</h2>
      <p className={classes.small}>{t('confirmations.addresses.lead')}</p>
      <ChangingAddress addresses={addresses} />
      {addresses.length === 0 ? (
        <p>{t('confirmations.addresses.none')}</p>
      ) : (
        <AddressList addresses={addresses} />
      )}
    </section>
  );
}
