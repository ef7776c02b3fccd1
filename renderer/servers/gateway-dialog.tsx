import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewaySettings, HandoutView } from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { faultAt } from '../add-account/faults.ts';
import { useSend } from '../shared/use-send.ts';
import { ErrorNote } from './error-note.tsx';
import ExposeDialog from './expose-dialog.tsx';
import classes from './servers.module.css';
import { isHost, isLoopback, wholeNumber } from './words.ts';

const MAX_PORT = 65_535;

interface GatewayDialogProps {
  readonly settings: GatewaySettings;
  readonly onView: (view: HandoutView) => void;
  readonly onClose: () => void;
}

interface Draft {
  readonly host: string;
  readonly port: string;
  readonly hasTls: boolean;
  readonly certFile: string;
  readonly keyFile: string;
}

/** The settings a draft stands for; null while something in it does not fit. */
function settingsOf(draft: Draft, enabled: boolean): GatewaySettings | null {
  const host = draft.host.trim().replace(/^\[|\]$/g, '');
  const port = wholeNumber(draft.port, 0, MAX_PORT);
  const certFile = draft.certFile.trim();
  const keyFile = draft.keyFile.trim();
  if (!isHost(host) || port === null) return null;
  if (draft.hasTls && (certFile === '' || keyFile === '')) return null;
  return { enabled, host, port, tls: draft.hasTls ? { certFile, keyFile } : null };
}

/** Address, port and TLS of the gateway; another address than this machine's own is asked about first. */
export default function GatewayDialog({ settings, onView, onClose }: GatewayDialogProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('handout.setGateway');
  const [isAsking, setAsking] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    host: settings.host,
    port: String(settings.port),
    hasTls: settings.tls !== null,
    certFile: settings.tls?.certFile ?? '',
    keyFile: settings.tls?.keyFile ?? '',
  });
  const fresh = settingsOf(draft, settings.enabled);

  const save = async () => {
    if (fresh === null) return;
    const view = await send(fresh);
    if (view === null) return setAsking(false);
    onView(view);
    onClose();
  };
  const submit = () => {
    setChecked(true);
    if (fresh === null) return;
    if (isLoopback(fresh.host)) void save();
    else setAsking(true);
  };

  if (isAsking && fresh !== null) {
    return (
      <ExposeDialog
        settings={fresh}
        isBusy={isBusy}
        onConfirm={() => void save()}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <FormDialog
      title={t('gateway.edit')}
      submit={t('form.save')}
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.two}>
        <TextInput
          label={t('gateway.host')}
          description={t('gateway.hostHint')}
          value={draft.host}
          error={isHost(draft.host.trim()) ? faultAt(error, 'host') : t('gateway.hostBad')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setDraft({ ...draft, host: event.currentTarget.value })}
        />
        <TextInput
          label={t('gateway.port')}
          description={t('gateway.portHint')}
          value={draft.port}
          error={wholeNumber(draft.port, 0, MAX_PORT) === null ? t('gateway.portBad') : undefined}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setDraft({ ...draft, port: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label={t('gateway.useTls')}
        checked={draft.hasTls}
        onChange={(event) => setDraft({ ...draft, hasTls: event.currentTarget.checked })}
      />
      {draft.hasTls && (
        <>
          <FileField
            label={t('gateway.cert')}
            value={draft.certFile}
            isChecked={isChecked}
            onChange={(certFile) => setDraft({ ...draft, certFile })}
          />
          <FileField
            label={t('gateway.key')}
            value={draft.keyFile}
            isChecked={isChecked}
            onChange={(keyFile) => setDraft({ ...draft, keyFile })}
          />
        </>
      )}
      <ErrorNote error={error} />
    </FormDialog>
  );
}

interface FileFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isChecked: boolean;
  readonly onChange: (value: string) => void;
}

function FileField({ label, value, isChecked, onChange }: FileFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={label}
      description={t('gateway.fileHint')}
      value={value}
      error={isChecked && value.trim() === '' ? t('gateway.fileEmpty') : undefined}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
