import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, Answer, CommandValue } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { timeText } from '../format.ts';
import { verdictOf } from '../safety/check-words.ts';
import { LastCheck } from '../safety/last-check.tsx';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import classes from './token-card.module.css';

interface Checked {
  readonly at: number;
  readonly answer: Answer<CommandValue<'tokens.verify'>>;
}

/** How soon a check by the console counts as another one than that by hand, ms. */
const ANOTHER_AFTER_MS = 30_000;

/** Asks WeChat whether it still accepts the token; beside it, what was last found out. */
export function VerifyButton({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const isNewest = checked !== null && (account.lastCheck?.at ?? 0) < checked.at + ANOTHER_AFTER_MS;
  const verify = async () => {
    setBusy(true);
    setChecked(null);
    const answer = await tokenConsole.commands['tokens.verify']({ appId: account.appId });
    setChecked({ at: Date.now(), answer });
    setBusy(false);
  };
  return (
    <div className={classes.verify}>
      {isNewest ? <Result {...checked} /> : <LastCheck account={account} />}
      <Button size="xs" variant="default" disabled={isBusy} onClick={() => void verify()}>
        {t(isBusy ? 'token.verifying' : 'token.verify')}
      </Button>
    </div>
  );
}

const VERDICT = {
  valid: { tone: 'ok', text: 'token.valid' },
  invalid: { tone: 'bad', text: 'token.invalid' },
  unclear: { tone: 'warn', text: 'token.unclear' },
} as const;

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
  const verdict = verdictOf(answer.value);
  const code = answer.value.errcode ?? t('error.noCode');
  return (
    <Note tone={VERDICT[verdict].tone} isAnswer>
      {t(VERDICT[verdict].text, { time, code })}
    </Note>
  );
}
