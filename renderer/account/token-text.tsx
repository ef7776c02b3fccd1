import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { exactTime, timeText } from '../format.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import classes from './token-card.module.css';

const SHOWN_MS = 30_000;

/**
 * The token in clear text, while it is shown: held here and nowhere else, and dropped after 30 s, when the
 * window is hidden and when the screen is left.
 */
function useReveal(appId: string) {
  const tokenConsole = useConsole();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<CommandError | null>(null);

  useEffect(() => {
    if (text === null) return;
    const hide = () => setText(null);
    const hideIfHidden = () => {
      if (document.hidden) hide();
    };
    const timer = setTimeout(hide, SHOWN_MS);
    document.addEventListener('visibilitychange', hideIfHidden);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hideIfHidden);
    };
  }, [text]);

  const reveal = async () => {
    const answer = await tokenConsole.commands['tokens.reveal']({ appId });
    if (answer.ok) setText(answer.value.accessToken);
    setError(answer.ok ? null : answer.error);
  };
  return { text, error, reveal, hide: () => setText(null) };
}

interface TokenTextProps {
  readonly account: AccountView;
  readonly fingerprint: string;
}

/** Fingerprint and, on demand, the token itself. */
export function TokenText({ account, fingerprint }: TokenTextProps) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const { text, error, reveal, hide } = useReveal(account.appId);
  return (
    <dl className={classes.facts}>
      <div className={classes.pair}>
        <dt>{t('token.fingerprint')}</dt>
        <dd className="mono" title={t('token.fingerprintWhy')}>
          {fingerprint}
        </dd>
      </div>
      {account.token && (
        <div className={classes.pair}>
          <dt>{t('token.obtained')}</dt>
          <dd title={exactTime(account.token.obtainedAt)}>
            {timeText(account.token.obtainedAt, Date.now())}
          </dd>
        </div>
      )}
      <div className={classes.pair}>
        <dt>{t('token.value')}</dt>
        <dd>
          {text === null && (
            <span className={classes.mask} role="img" aria-label={t('token.masked')}>
              ••••••••
            </span>
          )}
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={text !== null}
            onClick={text === null ? () => void reveal() : hide}
          >
            {t(text === null ? 'token.reveal' : 'token.hide')}
          </Button>
        </dd>
      </div>
      {text !== null && (
        <div>
          <dt className={classes.small}>{t('token.revealNote')}</dt>
          <dd className={`mono ${classes.revealed}`}>{text}</dd>
        </div>
      )}
      {error && (
        <div>
          <dt hidden>{t('token.value')}</dt>
          <dd>
            <Note tone="bad" isAnswer>
              {errorText(error)}
            </Note>
          </dd>
        </div>
      )}
    </dl>
  );
}
