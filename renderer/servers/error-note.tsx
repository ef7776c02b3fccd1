import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { gatewayProblem } from './words.ts';

/** Why a command was not carried out, in words, and the console's own English below where it tells more. */
export function ErrorNote({ error }: { readonly error: CommandError | null }) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  if (error === null) return null;
  const faults = error.faults?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  const technical = error.code === 'gateway-failed' ? [error.message] : faults;
  return (
    <Note tone="bad" isAnswer>
      <p>{errorText(error)}</p>
      {error.code === 'gateway-failed' && <p>{t(`gateway.problem.${gatewayProblem(error.message)}`)}</p>}
      {technical.map((text) => (
        <p key={text}>{t('servers.technical', { text })}</p>
      ))}
    </Note>
  );
}
