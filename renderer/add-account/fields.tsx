import { PasswordInput, Radio, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountKind, CheckMinutes, TokenLine } from '../../electron/console/contract.ts';
import { nameFault } from '../../electron/contract/text-rules.ts';
import { hrefOf } from '../router.ts';
import { ADDRESSES } from '../settings/addresses.ts';
import classes from './fields.module.css';
import {
  appIdFault,
  cleanAppId,
  cleanSecret,
  isApiBase,
  leadSecondsOf,
  oddityOf,
  secretFault,
} from './validate.ts';

export interface FieldProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Whether faults of an empty field are shown yet: not before the first try. */
  readonly isChecked: boolean;
  /** What the console said about this field. */
  readonly fault?: string | undefined;
}

export function NameField({
  value,
  onChange,
  isChecked,
  fault,
  hint,
}: FieldProps<string> & { readonly hint?: string }) {
  const { t } = useTranslation();
  const own = nameFault(value);
  const isShown = own !== null && (own !== 'empty' || isChecked || value.trim() !== '');
  return (
    <TextInput
      label={t('form.name')}
      description={hint ?? t('form.nameHint')}
      value={value}
      error={isShown ? t(`form.nameFault.${own}`) : fault}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The words that apply; '' for none, so that nothing takes room. */
function both(...words: readonly (string | false)[]): string {
  return words.filter(Boolean).join(' ');
}

export function AppIdField({
  value,
  onChange,
  isChecked,
  fault,
  isKnown,
}: FieldProps<string> & { readonly isKnown: boolean }) {
  const { t } = useTranslation();
  const [mended, setMended] = useState({ isTidied: false, isLowered: false });
  const own = appIdFault(value);
  const isShown = own !== null && (own.kind !== 'length' || isChecked || value.length >= 18);
  let error: string | undefined = isKnown ? t('form.appIdTaken') : fault;
  if (isShown) error = t(`form.appIdFault.${own.kind}`, { length: value.length, ...own });
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
          onChange(clean.text);
        }}
      />
      <p className={classes.mended} role="status">
        {both(mended.isLowered && t('form.appIdUpper'), mended.isTidied && t('form.tidied'))}
      </p>
      {isKnown && own === null && (
        <a className={classes.taken} href={hrefOf({ screen: 'account', appId: value })}>
          {t('form.openTaken')}
        </a>
      )}
    </div>
  );
}

export function SecretField({
  value,
  onChange,
  isChecked,
  fault,
  label,
}: FieldProps<string> & { readonly label: string }) {
  const { t } = useTranslation();
  const [isTidied, setTidied] = useState(false);
  const own = secretFault(value);
  const odd = oddityOf(value);
  const isShown = own !== null && (own.kind !== 'empty' || isChecked);
  const error = isShown ? t(`form.secretFault.${own.kind}`, { ...own }) : fault;
  return (
    <div>
      <PasswordInput
        label={label}
        description={t('form.secretHint')}
        value={value}
        error={error}
        aria-invalid={error !== undefined}
        autoComplete="off"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': t('token.reveal') }}
        onChange={(event) => {
          const clean = cleanSecret(event.currentTarget.value);
          setTidied(clean.isTidied);
          onChange(clean.text);
        }}
      />
      <p className={odd === null ? classes.mended : classes.hint} role="status">
        {both(
          odd !== null && t(`form.secretOdd.${odd}`, { length: value.length }),
          isTidied && t('form.tidied'),
        )}
      </p>
    </div>
  );
}

export function KindField({ value, onChange }: Pick<FieldProps<AccountKind>, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('form.kind')}
      value={value}
      onChange={(kind) => onChange(kind === 'mini' ? 'mini' : 'official')}
    >
      <div className={classes.choices}>
        <Radio value="official" label={t('form.kindOfficial')} description={t('form.kindOfficialHint')} />
        <Radio value="mini" label={t('form.kindMini')} description={t('form.kindMiniHint')} />
      </div>
    </Radio.Group>
  );
}

export function LineField({ value, onChange }: Pick<FieldProps<TokenLine>, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('form.line')}
      value={value}
      onChange={(line) => onChange(line === 'standard' ? 'standard' : 'stable')}
    >
      <div className={classes.choices}>
        <Radio value="stable" label={t('form.lineStable')} description={t('form.lineStableHint')} />
        <Radio value="standard" label={t('form.lineStandard')} description={t('form.lineStandardHint')} />
      </div>
    </Radio.Group>
  );
}

const CHECK_MINUTES: readonly CheckMinutes[] = [0, 1, 5, 15];

/** How often the console asks WeChat whether the token still works, with what that costs and is for. */
export function CheckField({ value, onChange }: Pick<FieldProps<CheckMinutes>, 'value' | 'onChange'>) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('check.field')}
      description={
        <>
          {t('check.cost')}
          <br />
          {t('check.delay')}
        </>
      }
      value={String(value)}
      onChange={(chosen) => onChange(CHECK_MINUTES.find((one) => String(one) === chosen) ?? value)}
    >
      <div className={classes.inline}>
        {CHECK_MINUTES.map((minutes) => (
          <Radio
            key={minutes}
            value={String(minutes)}
            label={minutes === 0 ? t('check.fieldOff') : t('check.fieldMinutes', { value: minutes })}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

export function ApiBaseField({ value, onChange, fault }: Omit<FieldProps<string>, 'isChecked'>) {
  const { t } = useTranslation();
  const id = useId();
  const isBad = value.trim() !== '' && !isApiBase(value.trim());
  return (
    <>
      <TextInput
        label={t('form.apiBase')}
        description={t('form.apiBaseHint')}
        value={value}
        error={isBad ? t('form.apiBaseBad') : fault}
        autoComplete="off"
        spellCheck={false}
        list={id}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>
        {ADDRESSES.map(({ apiBase, use }) => (
          <option key={apiBase} value={apiBase} label={t(`network.use.${use}`)} />
        ))}
      </datalist>
    </>
  );
}

export function LeadField({ value, onChange, fault }: Omit<FieldProps<string>, 'isChecked'>) {
  const { t } = useTranslation();
  const isBad = value.trim() !== '' && leadSecondsOf(value) === null;
  return (
    <TextInput
      label={t('form.lead')}
      description={t('form.leadHint')}
      value={value}
      error={isBad ? t('form.leadBad') : fault}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
