import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../account/form-dialog.tsx';
import {
  NewPassphraseFields,
  NO_PASSPHRASE,
  PassphraseField,
  passphraseOf,
} from '../lock/passphrase-fields.tsx';
import { useWait } from '../lock/use-wait.ts';
import { WaitNote } from '../lock/wait-note.tsx';
import { useSend } from '../shared/use-send.ts';
import { takeEvents } from '../store.ts';
import { Problem } from './problem.tsx';

export type PassphraseStep = 'set' | 'change' | 'remove';

interface PassphraseDialogProps {
  readonly step: PassphraseStep;
  readonly onClose: () => void;
}

const TITLE = { set: 'lock.setTitle', change: 'lock.changeTitle', remove: 'lock.removeTitle' } as const;

/** Sets, changes or removes the passphrase of the lock; the present one is asked for while there is one. */
export function PassphraseDialog({ step, onClose }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('shield.setPassphrase');
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState(NO_PASSPHRASE);
  const [isChecked, setChecked] = useState(false);
  const until = useWait(error);
  const field = useRef<HTMLInputElement>(null);
  const next = step === 'remove' ? null : passphraseOf(fresh);
  const isFit = (step === 'set' || current !== '') && (step === 'remove' || next !== null);

  const submit = async () => {
    setChecked(true);
    if (!isFit || until !== null) return;
    const shield = await send({ current: step === 'set' ? null : current, next });
    if (!shield) {
      setCurrent('');
      return field.current?.focus();
    }
    takeEvents([{ type: 'shield-changed', shield }]);
    onClose();
  };
  return (
    <FormDialog
      title={t(TITLE[step])}
      submit={t(step === 'remove' ? 'lock.remove' : 'form.save')}
      isBusy={isBusy}
      {...(step === 'remove' && { color: 'red' as const })}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <p>{t(step === 'remove' ? 'lock.removeText' : 'lock.setText')}</p>
      {step !== 'set' && (
        <PassphraseField
          ref={field}
          label={t('lock.current')}
          value={current}
          error={isChecked && current === '' && error === null ? t('lock.empty') : undefined}
          autoComplete="current-password"
          onChange={setCurrent}
        />
      )}
      {step !== 'remove' && (
        <NewPassphraseFields
          label={t(step === 'set' ? 'lock.passphrase' : 'lock.next')}
          value={fresh}
          onChange={setFresh}
          isChecked={isChecked}
        />
      )}
      {until === null ? <Problem error={error} /> : <WaitNote key={until} until={until} />}
    </FormDialog>
  );
}
