import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { copyText } from '../shared/clipboard.ts';
import { IconCheck } from '../shared/icons.ts';
import { useSend } from '../shared/use-send.ts';
import { openShortcuts } from '../shortcuts/dialog-state.ts';
import { useConsoleState } from '../store.ts';
import { OpenRow } from './places.tsx';
import { Row, Section } from './section.tsx';
import classes from './settings.module.css';

/** What this is, and what a supporter asks for. */
export function About() {
  const { t } = useTranslation();
  const { host } = useConsole();
  const version = useConsoleState((state) => state.version);
  const abilities = useConsoleState((state) => state.abilities);
  return (
    <Section id="about" lead={t('settings.aboutText')}>
      <Row label={t('settings.version')}>
        <span className={classes.fact}>{version}</span>
      </Row>
      <Row label={t('settings.host')}>
        <span className={classes.fact}>
          {t(host === 'desktop' ? 'settings.hostDesktop' : 'settings.hostBrowser')}
        </span>
      </Row>
      <Row label={t('shortcuts.title')} hint={t('shortcuts.hint')}>
        <Button
          size="xs"
          variant="default"
          aria-label={`${t('shortcuts.show')}: ${t('shortcuts.title')}`}
          onClick={openShortcuts}
        >
          {t('shortcuts.show')}
        </Button>
      </Row>
      <Diagnostics />
      {abilities.includes('open-licences') && (
        <OpenRow what="licences" label={t('settings.licences')} hint={t('settings.licencesHint')} />
      )}
    </Section>
  );
}

function Diagnostics() {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('diagnostics.get');
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  const copy = async () => {
    const value = await send({});
    if (value) setResult((await copyText(value.text)) ? 'copied' : 'failed');
  };
  const isCopied = result === 'copied';
  return (
    <Row
      label={t('settings.diagnostics')}
      hint={t('settings.diagnosticsHint')}
      error={error}
      below={result === 'failed' && <p role="status">{t('copy.failed')}</p>}
    >
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        leftSection={isCopied && <IconCheck size={16} />}
        onClick={() => void copy()}
      >
        <span role="status">{t(isCopied ? 'settings.diagnosticsCopied' : 'settings.diagnosticsCopy')}</span>
      </Button>
    </Row>
  );
}
