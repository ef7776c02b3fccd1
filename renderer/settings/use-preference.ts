import { useRef, useState } from 'react';
import type { CommandError, Preferences, PreferencesView } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { takeEvents, useConsoleState } from '../store.ts';

/** What is set of the console; the settings are only shown once it is known. */
export function usePreferences(): PreferencesView {
  const preferences = useConsoleState((state) => state.preferences);
  if (preferences === null) throw new Error('used before the state has arrived');
  return preferences;
}

/**
 * One preference that is saved as soon as it is changed: shown as chosen at once, and as before when the console
 * does not take it. `at` names the control that was used, where several change one preference.
 */
export function usePreference<K extends keyof Preferences>(key: K) {
  const tokenConsole = useConsole();
  const stored = usePreferences().values[key];
  const [pending, setPending] = useState<{ readonly value: Preferences[K] } | null>(null);
  // A second choice before the first is answered builds on the first.
  const latest = useRef<{ readonly value: Preferences[K] } | null>(null);
  const [failure, setFailure] = useState<{ readonly at: string; readonly error: CommandError } | null>(null);

  const save = async (change: (now: Preferences[K]) => Preferences[K], at: string = key) => {
    const mine = { value: change(latest.current ? latest.current.value : stored) };
    latest.current = mine;
    setPending(mine);
    setFailure(null);
    const changes: Partial<Preferences> = { [key]: mine.value };
    const answer = await tokenConsole.commands['preferences.set']({ changes });
    if (answer.ok) takeEvents([{ type: 'preferences-changed', preferences: answer.value }]);
    else setFailure({ at, error: answer.error });
    if (latest.current !== mine) return;
    latest.current = null;
    setPending(null);
  };
  return {
    value: pending ? pending.value : stored,
    save: (change: (now: Preferences[K]) => Preferences[K], at?: string) => void save(change, at),
    errorAt: (at: string = key) => (failure?.at === at ? failure.error : null),
  };
}
