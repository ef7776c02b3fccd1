import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, CommandValue } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { timeText } from '../format.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import classes from './token-card.module.css';

interface Checked {
  readonly at: number;
  readonly answer: Answer<CommandValue<'tokens.verify'>>;
}

/** Asks WeChat whether it still accepts the token; refreshes nothing. */
export function VerifyButton({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const verify = async () => {
    setBusy(true);
    setChecked(null);
    const answer = await tokenConsole.commands['tokens.verify']({ appId });
    setChecked({ at: Date.now(), answer });
    setBusy(false);
  };
  return (
    <div className={classes.verify}>
      <Button size="xs" variant="default" disabled={isBusy} onClick={() => void verify()}>
        {t(isBusy ? 'token.verifying' : 'token.verify')}
      </Button>
      {checked && <Result {...checked} />}
    </div>
  );
}

function Result({ at, answer }: Checked) {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  const time = timeText(at, at);
  if (!answer.ok) {
    return (
      <Note tone="bad" isAnswer>
        {errorText(answer.error)}
      </Note>
    );
  }
  if (answer.value.valid) {
    return (
      <Note tone="ok" isAnswer>
        {t('token.valid', { time })}
      </Note>
    );
  }
  return (
    <Note tone="bad" isAnswer>
      {t('token.invalid', { code: answer.value.errcode ?? t('error.noCode'), time })} {t('token.invalidNext')}
    </Note>
  );
}
