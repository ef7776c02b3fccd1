import { Kbd, TextInput, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useConsole } from '../bridge.ts';
import { pendingCount } from '../confirmations/rows.ts';
import { hrefOf, type Route } from '../router.ts';
import {
  IconBook,
  IconHistory,
  IconLock,
  IconLogout,
  IconOverview,
  IconPlus,
  IconSearch,
  IconServer,
  IconSettings,
  IconShield,
} from '../shared/icons.ts';
import { useAccountCount, useConsoleState } from '../store.ts';
import { AccountList } from './account-list.tsx';
import classes from './sidebar.module.css';

interface SidebarProps {
  readonly route: Route;
  readonly searchRef: React.Ref<HTMLInputElement>;
  /** Called when a link was followed; the drawer closes then. */
  readonly onChoose: () => void;
}

const IS_MAC = navigator.platform.startsWith('Mac');

/** Accounts on top, the other screens below. With one account there is no list to choose from. */
export function Sidebar({ route, searchRef, onChoose }: SidebarProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const hasList = useAccountCount() > 1;
  const current = route.screen === 'account' ? route.appId : null;
  const pending = useConsoleState((state) => pendingCount(state.accounts));
  return (
    <div className={classes.sidebar}>
      {hasList && (
        <TextInput
          ref={searchRef}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
          }}
          placeholder={t('nav.search')}
          aria-label={t('nav.search')}
          leftSection={<IconSearch size={16} />}
          rightSection={<Kbd size="xs">{IS_MAC ? '⌘K' : 'Ctrl K'}</Kbd>}
          rightSectionWidth={56}
          rightSectionPointerEvents="none"
        />
      )}
      {hasList ? (
        <AccountList filter={filter} current={current} onChoose={onChoose} />
      ) : (
        <div className={classes.space} />
      )}
      <nav className={classes.screens} aria-label={t('nav.label')}>
        <ScreenLink
          to={{ screen: 'confirmations' }}
          now={route}
          icon={<IconShield size={18} />}
          count={pending}
          isWide
          onChoose={onChoose}
        >
          {t('nav.confirmations')}
        </ScreenLink>
        <ScreenLink
          to={{ screen: 'servers', query: '' }}
          now={route}
          icon={<IconServer size={18} />}
          isWide
          onChoose={onChoose}
        >
          {t('nav.servers')}
        </ScreenLink>
        <ScreenLink to={{ screen: 'home' }} now={route} icon={<IconOverview size={18} />} onChoose={onChoose}>
          {t('nav.overview')}
        </ScreenLink>
        <ScreenLink
          to={{ screen: 'history', query: '' }}
          now={route}
          icon={<IconHistory size={18} />}
          onChoose={onChoose}
        >
          {t('nav.history')}
        </ScreenLink>
        <ScreenLink
          to={{ screen: 'errors', code: null }}
          now={route}
          icon={<IconBook size={18} />}
          onChoose={onChoose}
        >
          {t('nav.errors')}
        </ScreenLink>
        <ScreenLink
          to={{ screen: 'settings' }}
          now={route}
          icon={<IconSettings size={18} />}
          onChoose={onChoose}
        >
          {t('nav.settings')}
        </ScreenLink>
        <LockNow />
        <SignOut />
        <ScreenLink to={{ screen: 'add' }} now={route} icon={<IconPlus size={18} />} onChoose={onChoose}>
          {t('nav.add')}
        </ScreenLink>
      </nav>
    </div>
  );
}

/** Locks the console; there only where it has a passphrase. */
function LockNow() {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const hasPassphrase = useConsoleState((state) => state.shield?.hasPassphrase === true);
  if (!hasPassphrase) return null;
  return (
    <button
      type="button"
      className={classes.screen}
      data-wide
      onClick={() => void tokenConsole.commands['shield.lock']({})}
    >
      <IconLock size={18} />
      {t('lock.now')}
    </button>
  );
}

/** Ends the session in this browser; on the desktop nobody has signed in. */
function SignOut() {
  const { t } = useTranslation();
  const { signOut } = useBridge();
  if (signOut === null) return null;
  return (
    <button type="button" className={classes.screen} data-wide onClick={() => void signOut()}>
      <IconLogout size={18} />
      {t('nav.signOut')}
    </button>
  );
}

interface ScreenLinkProps {
  readonly to: Route;
  readonly now: Route;
  readonly icon: React.ReactNode;
  /** How many accounts wait there; nothing is shown for none. */
  readonly count?: number;
  /** Takes the whole width: its name is long in some language. */
  readonly isWide?: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function ScreenLink({ to, now, icon, count = 0, isWide = false, onChoose, children }: ScreenLinkProps) {
  const { t } = useTranslation();
  return (
    <a
      className={classes.screen}
      data-wide={isWide || undefined}
      href={hrefOf(to)}
      aria-current={to.screen === now.screen ? 'page' : undefined}
      onClick={onChoose}
    >
      {icon}
      {children}
      {count > 0 && (
        <span className={classes.count}>
          {count} <VisuallyHidden>{t('confirmations.pending', { count })}</VisuallyHidden>
        </span>
      )}
    </a>
  );
}
