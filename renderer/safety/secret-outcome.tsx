import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { hrefOf } from '../router.ts';
import { codeOf, entryOf, useCatalogue } from '../shared/catalogue.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { ErrorSteps } from '../shared/error-steps.tsx';
import { Note } from '../shared/note.tsx';
import classes from './guide.module.css';
import { isUntried } from './trial.ts';

interface SecretOutcomeProps {
  readonly account: AccountView;
  readonly error: CommandError;
  /** Saves it without a trial; null once another one is in the field. */
  readonly onAnyway: (() => void) | null;
}

/** Why a new AppSecret did not replace the old one, and what to do. */
export function SecretOutcome({ account, error, onAnyway }: SecretOutcomeProps) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const canSaveAnyway = isUntried(error);
  return (
    <>
      <Note tone={canSaveAnyway ? 'warn' : 'bad'} isAnswer>
        <p>{errorText(error)}</p>
        {error.code === 'blocked-by-refusal' && <p>{t('trial.unchanged')}</p>}
      </Note>
      {error.attempt && <Reason account={account} attempt={error.attempt} />}
      {canSaveAnyway && onAnyway && (
        <div className={classes.words}>
          <p className={classes.small}>{t('trial.anywayWhy')}</p>
          <div>
            <Button size="xs" variant="default" onClick={onAnyway}>
              {t('trial.anyway')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

interface ReasonProps {
  readonly account: AccountView;
  readonly attempt: NonNullable<CommandError['attempt']>;
}

/** What WeChat or the network said, in the words of the catalogue; the trial was made on the stable line. */
function Reason({ account, attempt }: ReasonProps) {
  const { t, i18n } = useTranslation();
  const { entries } = useCatalogue();
  const code = codeOf(attempt);
  const entry = entryOf(entries, code);
  const language = i18n.language as Language;
  return (
    <div className={classes.words}>
      {entry && (
        <>
          <p>{entry.meaning[language]}</p>
          <p>{entry.cause[language]}</p>
          <ErrorSteps steps={entry.steps} kind={account.kind} line="stable" />
        </>
      )}
      {code !== null && (
        <p>
          <a href={hrefOf({ screen: 'errors', code: String(code) })}>
            {typeof code === 'number' ? t('trial.entry', { code }) : t('trial.entryWord')}
          </a>
        </p>
      )}
      {attempt.errmsg && <p className={classes.small}>{t('trial.raw', { text: attempt.errmsg })}</p>}
    </div>
  );
}
