import '@mantine/core/styles/Switch.css';
import { NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { useId } from 'react';
import type { CommandError } from '../../electron/console/contract.ts';
import { Row } from './section.tsx';
import classes from './settings.module.css';

interface SettingProps<T> {
  readonly label: string;
  readonly hint?: React.ReactNode;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly isManaged?: boolean;
  readonly isDisabled?: boolean;
  readonly error?: CommandError | null;
  readonly below?: React.ReactNode;
}

/** What a row takes of a setting's properties, without those that are not given. */
function rowOf({ label, hint, isManaged, error, below }: Omit<SettingProps<unknown>, 'value' | 'onChange'>) {
  return {
    label,
    ...(hint !== undefined && { hint }),
    ...(isManaged !== undefined && { isManaged }),
    ...(error !== undefined && { error }),
    ...(below !== undefined && { below }),
  };
}

/** A setting that is on or off. */
export function SwitchRow({ value, onChange, ...row }: SettingProps<boolean>) {
  const id = useId();
  return (
    <Row {...rowOf(row)} htmlFor={id} hintId={`${id}-hint`}>
      <Switch
        id={id}
        checked={value}
        disabled={row.isManaged || row.isDisabled || false}
        aria-describedby={row.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Row>
  );
}

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
}

interface ChoiceProps<T> extends SettingProps<T> {
  readonly choices: readonly Choice<T>[];
}

/** A setting with many values, as a list to choose from. */
export function SelectRow<T extends string | number | null>(props: ChoiceProps<T>) {
  const { value, onChange, choices, ...row } = props;
  const id = useId();
  return (
    <Row {...rowOf(row)} htmlFor={id} hintId={`${id}-hint`}>
      <NativeSelect
        id={id}
        value={String(value)}
        data={choices.map((choice) => ({ value: String(choice.value), label: choice.label }))}
        disabled={row.isManaged || row.isDisabled || false}
        aria-describedby={row.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const chosen = choices.find((choice) => String(choice.value) === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      />
    </Row>
  );
}

/** A setting with two or three values, all in sight. */
export function SegmentsRow<T extends string>({ value, onChange, choices, ...row }: ChoiceProps<T>) {
  const id = useId();
  return (
    <Row {...rowOf(row)} labelId={id}>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        data={[...choices]}
        disabled={row.isManaged || row.isDisabled || false}
        onChange={onChange}
        className={classes.segments ?? ''}
      />
    </Row>
  );
}
