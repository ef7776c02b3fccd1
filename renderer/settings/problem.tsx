import type { CommandError } from '../../electron/console/contract.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';

/** Why a command was not carried out, in words, beside the control that sent it. */
export function Problem({ error }: { readonly error: CommandError | null }) {
  const errorText = useCommandErrorText();
  if (error === null) return null;
  return (
    <Note tone="bad" isAnswer>
      {errorText(error)}
    </Note>
  );
}
