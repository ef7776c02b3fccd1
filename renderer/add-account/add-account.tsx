import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { hrefOf, navigate } from '../router.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import classes from './add-account.module.css';
import { type Draft, EMPTY_DRAFT, inputOf } from './draft.ts';
import { faultAt } from './faults.ts';
import {
  ApiBaseField,
  type FieldProps,
  KindField,
  LeadField,
  LineField,
  NameField,
  SecretField,
} from './fields.tsx';
import { appIdFault, cleanAppId } from './validate.ts';
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

  const isAtAField = error !== null && FIELD_FAULTS.has(error.code);
  return (
    <div className={classes.screen}>
      <PageHeading>{t('add.title')}</PageHeading>
      <form ref={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <KindField {...field('kind')} />
        <WhereToFind kind={draft.kind} />
        <AppIdField {...field('appId')} isTaken={error?.code === 'duplicate-account'} />
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

function AppIdField(props: FieldProps<string> & { readonly isTaken: boolean }) {
  const { t } = useTranslation();
  const { value, onChange, isChecked, fault, isTaken } = props;
  const [mended, setMended] = useState({ isTrimmed: false, isLowered: false });
  const isKnown = useConsoleState((state) => value in state.accounts) || isTaken;
  const isDone = isChecked || value.length >= 18;
  const own = appIdFault(value);
  let error: string | undefined = fault;
  if (own === 'chars') error = t('form.appIdChars');
  else if (own === 'length' && isDone) error = t('form.appIdBad', { length: value.length });
  else if (isKnown) error = t('form.appIdTaken');
  return (
    <div>
      <TextInput
        label={t('form.appId')}
        description={t('form.appIdHint')}
        value={value}
        error={error}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        classNames={{ input: classes.code ?? '' }}
        onChange={(event) => {
          const clean = cleanAppId(event.currentTarget.value);
          setMended(clean);
          onChange(clean.appId);
        }}
      />
      <p className={classes.mended} role="status">
        {mended.isLowered && t('form.appIdUpper')} {mended.isTrimmed && t('form.appIdTrimmed')}
      </p>
      {isKnown && own === null && (
        <a className={classes.taken} href={hrefOf({ screen: 'account', appId: value })}>
          {t('form.openTaken')}
        </a>
      )}
    </div>
  );
}
