import { useState } from 'react';
import type {
  CommandError,
  CommandInput,
  CommandName,
  CommandValue,
} from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';

/** Sends one command from a button or a form: whether it runs, and why it was not carried out. */
export function useSend<C extends CommandName>(command: C) {
  const tokenConsole = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  /** What the console answered; null when it was not carried out. */
  const send = async (input: CommandInput<C>): Promise<CommandValue<C> | null> => {
    setBusy(true);
    const answer = await tokenConsole.commands[command](input);
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    return answer.ok ? answer.value : null;
  };
  return { send, isBusy, error };
}
