import { Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoutView, RedisSettings } from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { useSend } from '../shared/use-send.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';
import { isHost, wholeNumber } from './words.ts';

const MAX_PORT = 65_535;
const MAX_DB = 1023;

interface RedisDialogProps {
  readonly redis: HandoutView['redis'];
  readonly onView: (view: HandoutView) => void;
  readonly onClose: () => void;
}

interface Draft {
  readonly host: string;
  readonly port: string;
  readonly db: string;
  readonly username: string;
  readonly password: string;
  readonly tls: boolean;
}

const draftOf = (settings: RedisSettings | null): Draft => ({
  host: settings?.host ?? '',
  port: String(settings?.port ?? 6379),
  db: String(settings?.db ?? 0),
  username: settings?.username ?? '',
  password: '',
  tls: settings?.tls ?? false,
});

function settingsOf(draft: Draft): RedisSettings | null {
  const host = draft.host.trim().replace(/^\[|\]$/g, '');
  const port = wholeNumber(draft.port, 1, MAX_PORT);
  const db = wholeNumber(draft.db, 0, MAX_DB);
  if (!isHost(host) || port === null || db === null) return null;
  return { host, port, db, username: draft.username.trim() || null, tls: draft.tls };
}

/** An existing Redis; its password goes in and never comes out. */
export default function RedisDialog({ redis, onView, onClose }: RedisDialogProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('handout.setRedis');
  const [draft, setDraft] = useState(() => draftOf(redis.settings));
  const [isChecked, setChecked] = useState(false);
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const isHostBad = (isChecked || draft.host !== '') && !isHost(draft.host.trim());

  const save = async () => {
    setChecked(true);
    const settings = settingsOf(draft);
    if (settings === null) return;
    const view = await send({ settings, ...(draft.password !== '' && { password: draft.password }) });
    if (view === null) return;
    onView(view);
    onClose();
  };
  return (
    <FormDialog
      title={t('redis.form.title')}
      submit={t('form.save')}
      isBusy={isBusy}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div className={classes.two}>
        <TextInput
          label={t('redis.form.host')}
          value={draft.host}
          error={isHostBad ? t('redis.form.hostEmpty') : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <TextInput
          label={t('redis.form.port')}
          value={draft.port}
          error={wholeNumber(draft.port, 1, MAX_PORT) === null ? t('redis.form.portBad') : undefined}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => set({ port: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={t('redis.form.db')}
        value={draft.db}
        error={wholeNumber(draft.db, 0, MAX_DB) === null ? t('redis.form.dbBad') : undefined}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => set({ db: event.currentTarget.value })}
      />
      <TextInput
        label={t('redis.form.user')}
        description={t('redis.form.userHint')}
        value={draft.username}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => set({ username: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('redis.form.password')}
        description={t(redis.hasPassword ? 'redis.form.passwordKept' : 'redis.form.passwordHint')}
        value={draft.password}
        autoComplete="new-password"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': t('token.reveal') }}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <Checkbox
        label={t('redis.form.tls')}
        checked={draft.tls}
        onChange={(event) => set({ tls: event.currentTarget.checked })}
      />
      <ErrorNote error={error} />
    </FormDialog>
  );
}
