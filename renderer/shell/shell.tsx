import { ActionIcon } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefreshQuestion } from '../refresh/refresh-question.tsx';
import type { Route } from '../router.ts';
import { IconMenu } from '../shared/icons.ts';
import { useShortcutsOpen } from '../shortcuts/dialog-state.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { Announcer } from './announcer.tsx';
import { Banners } from './banners.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

const SidebarDrawer = lazy(() => import('./sidebar-drawer.tsx'));
const ShortcutsDialog = lazy(() => import('../shortcuts/shortcuts-dialog.tsx'));

interface ShellProps {
  readonly route: Route;
  readonly children: React.ReactNode;
}

/** Focuses the search, opening the drawer first where the list is in one; also on Ctrl+K or ⌘K. */
function useSearch(open: () => void) {
  const field = useRef<HTMLInputElement>(null);
  const search = useCallback(() => {
    if (field.current) return field.current.focus();
    open();
    // The drawer's content is there after the next paint.
    requestAnimationFrame(() => requestAnimationFrame(() => field.current?.focus()));
  }, [open]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      search();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [search]);
  return { field, search };
}

/** The frame of every screen: the list on the left, or in a drawer where there is no room for it. */
export function Shell({ route, children }: ShellProps) {
  const { t } = useTranslation();
  const isWide = useMediaQuery('(min-width: 60em)', undefined, { getInitialValueInEffect: false });
  const [isDrawerOpen, drawer] = useDisclosure(false);
  // Loaded when first opened, then kept: so that closing can be seen.
  const [hasOpened, setOpened] = useState(false);
  if (isDrawerOpen && !hasOpened) setOpened(true);
  const { field, search } = useSearch(drawer.open);
  useShortcuts(route, search);
  const isListOpen = useShortcutsOpen((state) => state.isOpen);
  const main = useRef<HTMLElement>(null);
  const sidebar = <Sidebar route={route} searchRef={field} onChoose={drawer.close} />;
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      {isWide ? (
        <aside className={classes.aside}>{sidebar}</aside>
      ) : (
        <aside className={classes.bar} aria-label={t('app.name')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('nav.open')}
            onClick={drawer.open}
          >
            <IconMenu size={20} />
          </ActionIcon>
          <span className={classes.product}>{t('app.name')}</span>
        </aside>
      )}
      {!isWide && hasOpened && (
        <Suspense fallback={null}>
          <SidebarDrawer isOpen={isDrawerOpen} onClose={drawer.close}>
            {sidebar}
          </SidebarDrawer>
        </Suspense>
      )}
      <main ref={main} className={classes.main} tabIndex={-1}>
        <Banners />
        {children}
      </main>
      <RefreshQuestion />
      {isListOpen && (
        <Suspense fallback={null}>
          <ShortcutsDialog />
        </Suspense>
      )}
      <Announcer />
    </div>
  );
}
