import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { navigate } from '../router.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import classes from './add-account.module.css';
import { type Draft, EMPTY_DRAFT, inputOf } from './draft.ts';
import { faultAt } from './faults.ts';
import {
  ApiBaseField,
  AppIdField,
  type FieldProps,
  KindField,
  LeadField,
  LineField,
  NameField,
  SecretField,
} from './fields.tsx';
import { WhereToFind } from './where-to-find.tsx';

const FIELD_FAULTS: ReadonlySet<CommandError['code']> = new Set(['invalid-input', 'duplicate-account']);

/** A new account: sent as one piece, then its own screen. */
export default function AddAccount() {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const field = <K extends keyof Draft>(key: K): FieldProps<Draft[K]> => ({
    value: draft[key],
    onChange: (value) => {
      setDraft((before) => ({ ...before, [key]: value }));
      setError(null);
    },
    isChecked,
    fault: faultAt(error, key),
  });

  const submit = async (event: React.SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    const input = inputOf(draft);
    if (input === null) return focusFault(form);
    setBusy(true);
    const answer = await tokenConsole.commands['accounts.add'](input);
    setBusy(false);
    if (answer.ok) return navigate({ screen: 'account', appId: answer.value.appId });
    setError(answer.error);
    focusFault(form);
  };

  const hasAccount = useConsoleState((state) => draft.appId in state.accounts);
  const isKnown = hasAccount || error?.code === 'duplicate-account';
  const isAtAField = error !== null && FIELD_FAULTS.has(error.code);
  return (
    <div className={classes.screen}>
      <PageHeading>{t('add.title')}</PageHeading>
      <form ref={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <KindField {...field('kind')} />
        <WhereToFind kind={draft.kind} />
        <AppIdField {...field('appId')} isKnown={isKnown} />
        <SecretField {...field('secret')} label={t('form.secret')} />
        <NameField {...field('name')} />
        <LineField {...field('line')} />
        <details className={classes.advanced}>
          <summary>{t('form.advanced')}</summary>
          <div className={classes.more}>
            <ApiBaseField {...field('apiBase')} />
            <LeadField {...field('leadSeconds')} />
          </div>
        </details>
        {error && (
          <Note tone="bad" isAnswer>
            {isAtAField ? t('add.problem') : null} {errorText(error)}
          </Note>
        )}
        <Button type="submit" loading={isBusy} className={classes.submit ?? ''}>
          {t(isBusy ? 'add.submitting' : 'add.submit')}
        </Button>
      </form>
    </div>
  );
}

/** Puts the focus on the first field that does not fit, once its fault is on the page. */
function focusFault(form: React.RefObject<HTMLFormElement | null>): void {
  requestAnimationFrame(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  });
}
