import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeKind, Preferences } from '../../electron/console/contract.ts';
import { SwitchRow } from './rows.tsx';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { usePreference } from './use-preference.ts';

type Quiet = NonNullable<Preferences['notices']['quiet']>;

export const NOTICE_KINDS: readonly NoticeKind[] = [
  'awaiting-admin',
  'refused',
  'whitelist',
  'secret',
  'overwritten',
  'failing',
  'recovered',
];
const NIGHT: Quiet = { from: '22:00', to: '08:00' };

/** Which changes of an account the system's notifications tell of, and when they are silent. */
export function Notices() {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference('notices');
  const setKind = (kind: NoticeKind, isOn: boolean) =>
    save((now) => {
      const others = now.off.filter((one) => one !== kind);
      return { ...now, off: isOn ? others : [...others, kind] };
    }, kind);
  return (
    <Section id="notices" lead={t('settings.noticesLead')}>
      {NOTICE_KINDS.map((kind) => (
        <SwitchRow
          key={kind}
          label={t(`settings.notice.${kind}`)}
          value={!value.off.includes(kind)}
          error={errorAt(kind)}
          onChange={(isOn) => setKind(kind, isOn)}
        />
      ))}
      <SwitchRow
        label={t('settings.quiet')}
        hint={t('settings.quietHint')}
        value={value.quiet !== null}
        error={errorAt('quiet')}
        onChange={(isOn) => save((now) => ({ ...now, quiet: isOn ? NIGHT : null }), 'quiet')}
        below={
          value.quiet !== null && (
            <QuietHours
              quiet={value.quiet}
              onChange={(quiet) => save((now) => ({ ...now, quiet }), 'quiet')}
            />
          )
        }
      />
    </Section>
  );
}

interface QuietHoursProps {
  readonly quiet: Quiet;
  readonly onChange: (quiet: Quiet) => void;
}

function QuietHours({ quiet, onChange }: QuietHoursProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(quiet);
  const set = (changes: Partial<Quiet>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    // A time that is being typed is empty in between.
    if (next.from !== '' && next.to !== '' && next.from !== next.to) onChange(next);
  };
  const isSame = draft.from === draft.to;
  return (
    <div className={classes.hours}>
      <TextInput
        type="time"
        label={t('settings.quietFrom')}
        value={draft.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="time"
        label={t('settings.quietTo')}
        value={draft.to}
        error={isSame ? t('settings.quietSame') : undefined}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
    </div>
  );
}
