import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../electron/console/contract.ts';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import { PassphraseDialog, type PassphraseStep } from './passphrase-dialog.tsx';
import { SelectRow, SwitchRow } from './rows.tsx';
import { Row, Section } from './section.tsx';
import classes from './settings.module.css';
import { usePreference } from './use-preference.ts';

/** The app's own lock, and keeping its window out of pictures. */
export function Lock() {
  const { t } = useTranslation();
  const abilities = useConsoleState((state) => state.abilities);
  return (
    <Section id="lock" lead={t('lock.lead')}>
      {abilities.includes('shield') && (
        <>
          <Passphrase />
          <Automatic />
        </>
      )}
      {abilities.includes('screen-protection') && <Protection />}
    </Section>
  );
}

function Passphrase() {
  const { t } = useTranslation();
  const hasPassphrase = useConsoleState((state) => state.shield?.hasPassphrase === true);
  const [step, setStep] = useState<PassphraseStep | null>(null);
  const { send, isBusy, error } = useSend('shield.lock');
  return (
    <Row
      label={t('lock.passphrase')}
      hint={t(hasPassphrase ? 'lock.passphraseSet' : 'lock.passphraseNone')}
      error={error}
    >
      <div className={classes.buttons}>
        {hasPassphrase ? (
          <>
            <Button size="xs" variant="default" onClick={() => setStep('change')}>
              {t('lock.change')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setStep('remove')}>
              {t('lock.remove')}
            </Button>
            <Button size="xs" variant="default" loading={isBusy} onClick={() => void send({})}>
              {t('lock.now')}
            </Button>
          </>
        ) : (
          <Button size="xs" variant="default" onClick={() => setStep('set')}>
            {t('lock.set')}
          </Button>
        )}
      </div>
      {step && <PassphraseDialog step={step} onClose={() => setStep(null)} />}
    </Row>
  );
}

type IdleMinutes = Preferences['lock']['idleMinutes'];
const IDLE: readonly IdleMinutes[] = [null, 1, 5, 15, 30, 60];

function Automatic() {
  const { t } = useTranslation();
  const hasPassphrase = useConsoleState((state) => state.shield?.hasPassphrase === true);
  const { value, save, errorAt } = usePreference('lock');
  const label = (minutes: IdleMinutes) =>
    minutes === null ? t('lock.idleNever') : t('settings.minutes', { count: minutes });
  return (
    <>
      <SelectRow
        label={t('lock.idle')}
        hint={<AutomaticHint text={t('lock.idleHint')} />}
        value={value.idleMinutes}
        choices={IDLE.map((minutes) => ({ value: minutes, label: label(minutes) }))}
        isDisabled={!hasPassphrase}
        error={errorAt('idle')}
        onChange={(idleMinutes) => save((now) => ({ ...now, idleMinutes }), 'idle')}
      />
      <SwitchRow
        label={t('lock.withScreen')}
        hint={<AutomaticHint text={t('lock.withScreenHint')} />}
        value={value.withScreen}
        isDisabled={!hasPassphrase}
        error={errorAt('screen')}
        onChange={(withScreen) => save((now) => ({ ...now, withScreen }), 'screen')}
      />
    </>
  );
}

function AutomaticHint({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const hasPassphrase = useConsoleState((state) => state.shield?.hasPassphrase === true);
  if (hasPassphrase) return text;
  return (
    <>
      {text}
      <br />
      {t('lock.needsPassphrase')}
    </>
  );
}

function Protection() {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference('screenProtection');
  return (
    <SwitchRow
      label={t('lock.protection')}
      hint={t('lock.protectionHint')}
      value={value}
      error={errorAt()}
      onChange={(isOn) => save(() => isOn)}
    />
  );
}
