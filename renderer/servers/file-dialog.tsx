import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountHandout, AccountView, HandoutView } from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { faultAt } from '../add-account/faults.ts';
import { Note } from '../shared/note.tsx';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';
import { useSavePlaces } from './use-handout.ts';

interface FileDialogProps {
  readonly account: AccountView;
  readonly handout: AccountHandout;
  readonly onView: (view: HandoutView) => void;
  readonly onClose: () => void;
}

/** The file an account's token is written to. */
export default function FileDialog({ account, handout, onView, onClose }: FileDialogProps) {
  const { t } = useTranslation();
  const { save, isBusy, error } = useSavePlaces(handout, onView);
  const [path, setPath] = useState(handout.file?.path ?? '');
  const [format, setFormat] = useState(handout.file?.format ?? 'bare');
  const [mode, setMode] = useState(handout.file?.mode ?? '');
  const [isChecked, setChecked] = useState(false);
  const isModeFit = mode === '' || /^[0-7]{3}$/.test(mode);
  const isForOthers = /^[0-7][0-7][4-7]$/.test(mode);

  const submit = async () => {
    setChecked(true);
    if (path.trim() === '' || !isModeFit) return;
    const file = { path: path.trim(), format, ...(mode !== '' && { mode }) };
    if (await save({ file })) onClose();
  };
  return (
    <FormDialog
      title={t('targets.fileDialog.title', { name: account.name })}
      submit={t('form.save')}
      isBusy={isBusy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextInput
        label={t('targets.fileDialog.path')}
        description={t('targets.fileDialog.pathHint')}
        value={path}
        error={
          isChecked && path.trim() === '' ? t('targets.fileDialog.pathEmpty') : faultAt(error, 'file.path')
        }
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('targets.fileDialog.format')}
        value={format}
        onChange={(value) => setFormat(value === 'json' ? 'json' : 'bare')}
      >
        <div className={classes.field}>
          <Radio mt="xs" value="bare" label={t('targets.fileDialog.bare')} />
          <Radio value="json" label={t('targets.fileDialog.json')} />
        </div>
      </Radio.Group>
      <TextInput
        label={t('targets.fileDialog.mode')}
        description={t('targets.fileDialog.modeHint')}
        value={mode}
        error={isModeFit ? undefined : t('targets.fileDialog.modeBad')}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => setMode(event.currentTarget.value.trim())}
      />
      {isForOthers && <Note tone="warn">{t('targets.fileDialog.open')}</Note>}
      <ErrorNote error={error} />
    </FormDialog>
  );
}
