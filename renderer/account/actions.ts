import type { CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';

/** Pauses or resumes an account; the error, if it could not be done. */
export function usePause(): (appId: string, paused: boolean) => Promise<CommandError | null> {
  const tokenConsole = useConsole();
  return async (appId, paused) => {
    const answer = await tokenConsole.commands['accounts.update']({ appId, changes: { paused } });
    return answer.ok ? null : answer.error;
  };
}
