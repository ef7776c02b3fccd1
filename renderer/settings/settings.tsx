import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf, replaceRoute } from '../router.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import { About } from './about.tsx';
import { Clipboard } from './clipboard.tsx';
import { General } from './general.tsx';
import { Lock } from './lock.tsx';
import { Network } from './network.tsx';
import { Notices } from './notices.tsx';
import { Places, Servers } from './places.tsx';
import { headingId, PART_IDS, type PartId } from './section.tsx';
import classes from './settings.module.css';
import { shownParts } from './shown-parts.ts';
import { Transfer } from './transfer.tsx';
import { Updates } from './updates.tsx';
import { usePartInSight } from './use-part-in-sight.ts';

const PARTS: Readonly<Record<PartId, React.ComponentType>> = {
  general: General,
  notices: Notices,
  clipboard: Clipboard,
  lock: Lock,
  network: Network,
  servers: Servers,
  transfer: Transfer,
  updates: Updates,
  places: Places,
  about: About,
};

function useShownParts(): readonly PartId[] {
  const abilities = useConsoleState((state) => state.abilities);
  const managed = useConsoleState((state) => state.preferences?.managed);
  return shownParts(abilities, managed ?? []);
}

/** Brings a part to the top of the window and its heading into focus. */
function goTo(part: PartId): void {
  const heading = document.getElementById(headingId(part));
  heading?.scrollIntoView?.({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** What can be set of the console itself; each change holds at once. `part`: where to begin. */
export default function Settings({ part }: { readonly part?: string | undefined }) {
  const { t } = useTranslation();
  const shown = useShownParts();
  useEffect(() => {
    const wanted = PART_IDS.find((id) => id === part);
    if (wanted) goTo(wanted);
  }, [part]);
  return (
    <div className={classes.screen}>
      <PageHeading>{t('settings.title')}</PageHeading>
      <div className={classes.columns}>
        <PartLinks parts={shown} />
        <div className={classes.parts}>
          {shown.map((id) => {
            const Part = PARTS[id];
            return <Part key={id} />;
          })}
        </div>
      </div>
    </div>
  );
}

function PartLinks({ parts }: { readonly parts: readonly PartId[] }) {
  const { t } = useTranslation();
  const inSight = usePartInSight(parts);
  const follow = useCallback((event: React.MouseEvent, part: PartId) => {
    event.preventDefault();
    // No step in the history for each part, and a second click works as the first did.
    replaceRoute({ screen: 'settings', part });
    goTo(part);
  }, []);
  return (
    <nav className={classes.links} aria-label={t('settings.parts')}>
      {parts.map((id) => (
        <a
          key={id}
          href={hrefOf({ screen: 'settings', part: id })}
          aria-current={id === inSight ? 'location' : undefined}
          onClick={(event) => follow(event, id)}
        >
          {t(`settings.part.${id}`)}
        </a>
      ))}
    </nav>
  );
}
