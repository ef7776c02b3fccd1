import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { IconLock } from '../shared/icons.ts';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import type { GroupName } from '../state.ts';
import { takeEvents, useConsoleState } from '../store.ts';
import classes from './lock-screen.module.css';
import { PassphraseField } from './passphrase-fields.tsx';
import { useWait } from './use-wait.ts';
import { WaitNote } from './wait-note.tsx';

/** All there is while the console is locked: no other screen is there, and so no token. */
export default function LockScreen() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('lock.title')} · ${t('app.name')}`;
  }, [t]);
  return (
    <main className={classes.screen}>
      <div className={classes.middle}>
        <header className={classes.head}>
          <IconLock size={28} aria-hidden="true" />
          <h1>{t('lock.title')}</h1>
          <Standing />
          <p className={classes.small}>{t('lock.works')}</p>
        </header>
        <UnlockForm />
        <Forgotten />
      </div>
    </main>
  );
}

/** How the accounts are, without saying which they are. */
function Standing() {
  const { t } = useTranslation();
  const groups = useConsoleState((state) => state.groups);
  const count = (name: GroupName) => groups.find((group) => group.name === name)?.appIds.length ?? 0;
  const attention = count('attention');
  const retrying = count('retrying');
  const rest = count('fine') + count('paused');
  let text = rest > 0 ? t('overview.allFine', { count: rest }) : '';
  if (retrying > 0) text = t('overview.retrying', { count: retrying });
  if (attention > 0) text = t('overview.attention', { count: attention });
  return text === '' ? null : <p role="status">{text}</p>;
}

/** Tries a passphrase, or asks the system; the field is empty again after a wrong one. */
function useUnlock() {
  const { send, isBusy, error } = useSend('shield.unlock');
  const [text, setText] = useState('');
  const [way, setWay] = useState<'passphrase' | 'system'>('passphrase');
  const [isEmpty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const unlock = async (passphrase: string | null) => {
    setEmpty(passphrase === '');
    if (passphrase === '') return field.current?.focus();
    setWay(passphrase === null ? 'system' : 'passphrase');
    const shield = await send({ passphrase });
    if (shield) return takeEvents([{ type: 'shield-changed', shield }]);
    setText('');
    field.current?.focus();
  };
  const type = (typed: string) => {
    setText(typed);
    setEmpty(false);
  };
  return { unlock, isBusy, error, way, text, type, isEmpty, field };
}

function UnlockForm() {
  const { t } = useTranslation();
  const { unlock, isBusy, error, way, text, type, isEmpty, field } = useUnlock();
  const canSystem = useConsoleState((state) => state.shield?.system === true);
  const until = useWait(error);
  const isWaiting = until !== null;
  const problem = useProblem(error, way);
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && !isWaiting) void unlock(text);
      }}
    >
      <PassphraseField
        ref={field}
        label={t('lock.passphrase')}
        value={text}
        error={isEmpty ? t('lock.empty') : undefined}
        autoComplete="current-password"
        onChange={type}
      />
      {isWaiting && <WaitNote key={until} until={until} />}
      {!isWaiting && problem !== null && text === '' && (
        <Note tone="bad" isAnswer>
          {problem}
        </Note>
      )}
      <Button type="submit" size="md" loading={isBusy && way === 'passphrase'} disabled={isWaiting}>
        {t('lock.unlock')}
      </Button>
      {canSystem && (
        <Button
          variant="default"
          size="md"
          loading={isBusy && way === 'system'}
          onClick={() => void unlock(null)}
        >
          {t('lock.system')}
        </Button>
      )}
    </form>
  );
}

function useProblem(error: CommandError | null, way: 'passphrase' | 'system'): string | null {
  const { t } = useTranslation();
  const errorText = useCommandErrorText();
  if (error === null) return null;
  if (error.code !== 'wrong-passphrase') return errorText(error);
  return t(way === 'system' ? 'lock.systemNo' : 'lock.wrong');
}

function Forgotten() {
  const { t } = useTranslation();
  return (
    <details className={classes.forgotten}>
      <summary>{t('lock.forgotten')}</summary>
      <p>{t('lock.forgottenWay')}</p>
      <p className="mono">--reset-lock</p>
      <p>{t('lock.forgottenCost')}</p>
    </details>
  );
}
