import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReachView } from '../../electron/console/contract.ts';
import { useSend } from '../shared/use-send.ts';
import { takeEvents } from '../store.ts';
import { AddressList } from './address-list.tsx';
import { Problem } from './problem.tsx';
import { draftOf, inputOf, isChanged, type ProxyDraft } from './proxy.ts';
import { ProxyForm } from './proxy-form.tsx';
import { Row, Section } from './section.tsx';
import classes from './settings.module.css';
import { usePreferences } from './use-preference.ts';

/** The way out to WeChat, and whether WeChat can be reached by it. */
export function Network() {
  const { t } = useTranslation();
  const { proxy, managed } = usePreferences();
  const [draft, setDraft] = useState<ProxyDraft>(() => draftOf(proxy));
  const [isChecked, setChecked] = useState(false);
  const isManaged = managed.includes('proxy');
  const isUnsaved = !isManaged && isChanged(draft, proxy);
  return (
    <Section id="network">
      <Row
        label={t('network.proxy')}
        hint={t('network.proxyHint')}
        isManaged={isManaged}
        below={
          isManaged ? (
            <ManagedProxy />
          ) : (
            <ProxyForm draft={draft} onChange={setDraft} isChecked={isChecked}>
              <SaveProxy draft={draft} onCheck={() => setChecked(true)} onSaved={setDraft} />
            </ProxyForm>
          )
        }
      />
      <Addresses draft={isUnsaved ? draft : null} onCheck={() => setChecked(true)} />
    </Section>
  );
}

function ManagedProxy() {
  const { t } = useTranslation();
  const { settings } = usePreferences().proxy;
  const mode = t(`network.mode.${settings.mode}`);
  return <p>{settings.mode === 'manual' ? t('network.managedAs', { mode, url: settings.url }) : mode}</p>;
}

interface SaveProxyProps {
  readonly draft: ProxyDraft;
  readonly onCheck: () => void;
  readonly onSaved: (draft: ProxyDraft) => void;
}

function SaveProxy({ draft, onCheck, onSaved }: SaveProxyProps) {
  const { t } = useTranslation();
  const { proxy } = usePreferences();
  const { send, isBusy, error } = useSend('network.setProxy');
  const [isSaved, setSaved] = useState(false);
  const isDirty = isChanged(draft, proxy);

  const save = async () => {
    onCheck();
    const input = inputOf(draft);
    if (input === null) return;
    const preferences = await send(input);
    setSaved(preferences !== null);
    if (preferences === null) return;
    takeEvents([{ type: 'preferences-changed', preferences }]);
    onSaved(draftOf(preferences.proxy));
  };
  return (
    <>
      {isDirty && <Problem error={error} />}
      <div className={classes.buttons}>
        <Button size="xs" disabled={!isDirty} loading={isBusy} onClick={() => void save()}>
          {t('network.save')}
        </Button>
        <span role="status" className={classes.small}>
          {isSaved && !isDirty && t('network.saved')}
        </span>
      </div>
    </>
  );
}

interface AddressesProps {
  /** What is not saved yet, to be tried; null: what is in force. */
  readonly draft: ProxyDraft | null;
  readonly onCheck: () => void;
}

function Addresses({ draft, onCheck }: AddressesProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('network.test');
  const [results, setResults] = useState<readonly ReachView[]>([]);

  const test = async () => {
    const input = draft === null ? {} : inputOf(draft);
    if (input === null) return onCheck();
    const answer = await send(input);
    setResults(answer?.results ?? []);
  };
  return (
    <Row
      label={t('network.addresses')}
      hint={t(draft === null ? 'network.testHint' : 'network.testHintUnsaved')}
      error={error}
      below={
        <>
          <AddressList results={results} isTesting={isBusy} />
          <p className={classes.small}>{t('network.addressesHint')}</p>
        </>
      }
    >
      <Button size="xs" variant="default" loading={isBusy} onClick={() => void test()}>
        {t('network.test')}
      </Button>
    </Row>
  );
}
