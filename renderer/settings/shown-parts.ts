/** Which parts of the settings this host has. Pure. */
import type { Ability, ManagedPart } from '../../electron/console/contract.ts';
import { PART_IDS, type PartId } from './section.tsx';

/** The abilities of which a part needs one; parts without an entry are everywhere. */
const NEEDS: Readonly<Partial<Record<PartId, readonly Ability[]>>> = {
  notices: ['notices'],
  lock: ['shield', 'screen-protection'],
  updates: ['updates'],
};

/** The parts to show, in their order; updates also where administrators have switched them off, to say so. */
export function shownParts(
  abilities: readonly Ability[],
  managed: readonly ManagedPart[],
): readonly PartId[] {
  // A server is updated by whoever runs it: only an app with a window has ever had updates of its own.
  const isApp = abilities.length > 0;
  return PART_IDS.filter((id) => {
    if (id === 'updates' && isApp && managed.includes('updates')) return true;
    return NEEDS[id]?.some((ability) => abilities.includes(ability)) ?? true;
  });
}
