import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignIn as SignInResult } from '../http-console.ts';
import { keyIn } from '../http-console.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { takeLink } from '../store.ts';
import classes from './sign-in.module.css';

/** As docs/administrators.md has it, for the unit that stands there. */
export const JOURNAL = `journalctl -u wechat-token-console -o cat | grep '"ready"' | tail -1`;

interface SignInProps {
  readonly signIn: (key: string) => Promise<SignInResult>;
}

/** A browser without a session: the key is asked for, and where to find it is said. */
export default function SignIn({ signIn }: SignInProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<'empty' | Exclude<SignInResult, 'ok'> | null>(null);

  const submit = async (event: React.SyntheticEvent) => {
    event.preventDefault();
    const key = keyIn(text);
    if (key === null) return setFault('empty');
    setBusy(true);
    const result = await signIn(key);
    setBusy(false);
    if (result === 'ok') takeLink('connecting');
    else setFault(result);
  };

  return (
    <main className={classes.screen}>
      <PageHeading>{t('signIn.title')}</PageHeading>
      <p>{t('signIn.lead')}</p>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <PasswordInput
          label={t('signIn.field')}
          value={text}
          error={fault && t(`signIn.${fault}`)}
          aria-invalid={fault !== null}
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': t('token.reveal') }}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setFault(null);
          }}
        />
        <Button type="submit" loading={isBusy} className={classes.submit ?? ''}>
          {t(isBusy ? 'signIn.working' : 'signIn.submit')}
        </Button>
      </form>
      <div className={classes.where}>
        <p>{t('signIn.where')}</p>
        <p>{t('signIn.whereJson')}</p>
        <p>{t('signIn.whereService')}</p>
        <pre className={classes.command}>{JOURNAL}</pre>
      </div>
    </main>
  );
}
