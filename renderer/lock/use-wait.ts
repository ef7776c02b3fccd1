import type { CommandError } from '../../electron/console/contract.ts';
import { useIsOver } from '../shared/time-left.tsx';
import { useConsoleState } from '../store.ts';

/** Until when no try of a passphrase is heard; null: one can be made now. */
export function useWait(error: CommandError | null): number | null {
  const told = useConsoleState((state) => state.shield?.until ?? null);
  const until = Math.max(told ?? 0, error?.until ?? 0);
  const isOver = useIsOver(until);
  return until === 0 || isOver ? null : until;
}
