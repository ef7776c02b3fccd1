import { useEffect, useState } from 'react';

/**
 * For a dialog that is there only while it is open: when it goes, the focus is where it was before, or on the
 * page's heading if that is gone (an entry of a menu). Mantine does this for a dialog that stays and closes.
 */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        // Another dialog has followed and has the focus.
        if (document.querySelector('[role=dialog]') !== null) return;
        const isNowhere = document.activeElement === document.body;
        const heading = isNowhere ? document.querySelector('h1') : null;
        const target = before?.isConnected ? before : heading;
        if (target instanceof HTMLElement) target.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
