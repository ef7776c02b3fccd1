import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsoleState } from '../store.ts';
import { errcodeOf, type Filter, OUTCOMES, PERIODS, queryOf, TRIGGERS } from './filter.ts';
import classes from './history.module.css';

interface FiltersProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}

/** Narrows the history; each choice applies at once. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const accounts = useConsoleState((state) => state.accounts);
  const any = { value: '', label: t('history.any') };
  const chosen = <T extends string>(allowed: readonly T[], value: string) =>
    allowed.find((one) => one === value) ?? null;
  return (
    <fieldset className={classes.filters}>
      <legend className={classes.legend}>{t('history.filters')}</legend>
      <NativeSelect
        label={t('history.account')}
        value={filter.appId ?? ''}
        data={[any, ...accountChoices(filter, accounts, t('history.removed'))]}
        onChange={(event) => onChange({ ...filter, appId: event.currentTarget.value || null })}
      />
      <NativeSelect
        label={t('history.outcome')}
        value={filter.outcome ?? ''}
        data={[any, ...OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))]}
        onChange={(event) => onChange({ ...filter, outcome: chosen(OUTCOMES, event.currentTarget.value) })}
      />
      <NativeSelect
        label={t('history.trigger')}
        value={filter.trigger ?? ''}
        data={[any, ...TRIGGERS.map((value) => ({ value, label: t(`trigger.${value}`) }))]}
        onChange={(event) => onChange({ ...filter, trigger: chosen(TRIGGERS, event.currentTarget.value) })}
      />
      <NativeSelect
        label={t('history.period')}
        value={filter.period}
        data={PERIODS.map((value) => ({ value, label: t(`history.${value}`) }))}
        onChange={(event) =>
          onChange({ ...filter, period: chosen(PERIODS, event.currentTarget.value) ?? 'always' })
        }
      />
      <ErrcodeField key={filter.errcode} filter={filter} onChange={onChange} />
      {queryOf(filter) !== '' && (
        <Button
          variant="subtle"
          className={classes.clear ?? ''}
          onClick={() =>
            onChange({ appId: null, outcome: null, trigger: null, errcode: null, period: 'always' })
          }
        >
          {t('history.clear')}
        </Button>
      )}
    </fieldset>
  );
}

function accountChoices(
  filter: Filter,
  accounts: Readonly<Record<string, { readonly appId: string; readonly name: string }>>,
  removed: string,
) {
  const known = Object.values(accounts).map(({ appId, name }) => ({ value: appId, label: name }));
  const isGone = filter.appId !== null && !(filter.appId in accounts);
  return isGone ? [...known, { value: filter.appId, label: `${removed} ${filter.appId}` }] : known;
}

function ErrcodeField({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter.errcode === null ? '' : String(filter.errcode));
  const isBad = text.trim() !== '' && errcodeOf(text) === null;
  const apply = () => {
    if (!isBad && errcodeOf(text) !== filter.errcode) onChange({ ...filter, errcode: errcodeOf(text) });
  };
  return (
    <TextInput
      label={t('history.errcode')}
      value={text}
      error={isBad ? t('history.errcodeBad') : undefined}
      inputMode="numeric"
      placeholder="40164"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
      }}
    />
  );
}
