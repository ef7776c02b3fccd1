import { useEffect, useRef } from 'react';
import { useConsole } from '../bridge.ts';
import type { Route } from '../router.ts';
import { act } from './act.ts';
import { closeShortcuts } from './dialog-state.ts';
import { idOfKey, LIST_KEY } from './list.ts';
import { useSingleKeys } from './single-keys.ts';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
const ON_TOP = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether a key pressed now is a person typing, choosing in a menu or answering a dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const isInField = event.target instanceof Element && event.target.closest(FIELDS) !== null;
  return isInField || document.querySelector(ON_TOP) !== null;
}

/** Listens to the native menu, and to single keys where the page has no menu of its own. */
export function useShortcuts(route: Route, search: () => void): void {
  const tokenConsole = useConsole();
  const place = useRef({ tokenConsole, route, search });
  useEffect(() => {
    place.current = { tokenConsole, route, search };
  });
  // A list that was open when the console was locked is not to be there again afterwards.
  useEffect(() => closeShortcuts, []);
  useEffect(
    () =>
      tokenConsole.onMenu?.((id) => {
        // A dialog waits for its answer, and nothing is to happen behind it.
        if (document.querySelector(ON_TOP) === null || id === 'lock') act(id, place.current);
      }),
    [tokenConsole],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const id = idOfKey(event.key);
      if (id === null) return;
      const isOn = event.key === LIST_KEY || tokenConsole.host === 'browser';
      if (!isOn || !useSingleKeys.getState().isOn) return;
      event.preventDefault();
      act(id, place.current);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [tokenConsole]);
}
