import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './passphrase-fields.module.css';
import { faultOf, strengthOf } from './strength.ts';

interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly onChange: (value: string) => void;
  readonly ref?: React.Ref<HTMLInputElement>;
}

/** A field for a passphrase; what is typed can be looked at. */
export function PassphraseField({ label, value, error, autoComplete, onChange, ref }: PassphraseFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...(ref && { ref })}
      label={label}
      value={value}
      error={error}
      aria-invalid={error !== undefined}
      autoComplete={autoComplete}
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': t('passphrase.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export interface NewPassphrase {
  readonly text: string;
  readonly again: string;
}
export const NO_PASSPHRASE: NewPassphrase = { text: '', again: '' };

/** The passphrase that was typed twice alike; null while it cannot be used. */
export function passphraseOf({ text, again }: NewPassphrase): string | null {
  return faultOf(text) === null && text === again ? text : null;
}

interface NewPassphraseFieldsProps {
  readonly label: string;
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  /** Whether faults are shown yet: not before the first try. */
  readonly isChecked: boolean;
}

/** A new passphrase, twice, with a hint how strong it is. */
export function NewPassphraseFields({ label, value, onChange, isChecked }: NewPassphraseFieldsProps) {
  const { t } = useTranslation();
  const fault = faultOf(value.text);
  const isShown = fault === 'long' || (isChecked && fault !== null);
  const differs = value.text !== value.again && (isChecked || value.again.length >= value.text.length);
  const strength = strengthOf(value.text);
  return (
    <>
      <div>
        <PassphraseField
          label={label}
          value={value.text}
          error={isShown && fault !== null ? t(`passphrase.${fault}`) : undefined}
          autoComplete="new-password"
          onChange={(text) => onChange({ ...value, text })}
        />
        {!isShown && (
          <p className={classes.hint} data-strength={fault === null ? strength : undefined} role="status">
            {t(fault === 'short' ? 'passphrase.short' : `passphrase.${strength}`)}
          </p>
        )}
      </div>
      <PassphraseField
        label={t('passphrase.again')}
        value={value.again}
        error={differs ? t('passphrase.differ') : undefined}
        autoComplete="new-password"
        onChange={(again) => onChange({ ...value, again })}
      />
    </>
  );
}
