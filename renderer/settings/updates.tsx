import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateView } from '../../electron/console/contract.ts';
import { timeText } from '../format.ts';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { takeEvents, useConsoleState } from '../store.ts';
import { SwitchRow } from './rows.tsx';
import { Row, Section } from './section.tsx';
import classes from './settings.module.css';
import { usePreference, usePreferences } from './use-preference.ts';

/** New versions: how it stands, and whether and where they are looked for. */
export function Updates() {
  const { t } = useTranslation();
  const update = useConsoleState((state) => state.update);
  const canUpdate = useConsoleState((state) => state.abilities.includes('updates'));
  const isManaged = usePreferences().managed.includes('updates');
  const { value, save, errorAt } = usePreference('updates');
  const isOff = isManaged && (!canUpdate || (update?.state === 'off' && !value.automatic));
  return (
    <Section id="updates">
      {isOff || update === null ? (
        <Row label={t('updates.state')} hint={t('updates.offManaged')} isManaged />
      ) : (
        <>
          <State update={update} />
          <SwitchRow
            label={t('updates.automatic')}
            hint={t('updates.automaticHint')}
            value={value.automatic}
            isManaged={isManaged}
            error={errorAt('automatic')}
            onChange={(automatic) => save((now) => ({ ...now, automatic }), 'automatic')}
          />
          <Feed isManaged={isManaged} />
        </>
      )}
    </Section>
  );
}

function useStateText(update: UpdateView): string {
  const { t } = useTranslation();
  const version = update.version ?? t('updates.unknownVersion');
  switch (update.state) {
    case 'idle':
      return update.at === null
        ? t('updates.idle')
        : t('updates.idleAt', { time: timeText(update.at, Date.now()) });
    case 'downloading':
      return t('updates.downloading', { version, percent: update.percent ?? 0 });
    default:
      return t(`updates.${update.state}`, { version });
  }
}

const BUSY: ReadonlySet<UpdateView['state']> = new Set(['checking', 'downloading']);

function State({ update }: { readonly update: UpdateView }) {
  const { t } = useTranslation();
  const text = useStateText(update);
  const check = useSend('updates.check');
  const install = useSend('updates.install');
  const isBusy = BUSY.has(update.state);

  const send = async (asked: typeof check | typeof install) => {
    const fresh = await asked.send({});
    if (fresh) takeEvents([{ type: 'update-changed', update: fresh }]);
  };
  return (
    <Row
      label={t('updates.state')}
      hint={<span role="status">{text}</span>}
      error={check.error ?? install.error}
      below={
        update.state === 'failed' &&
        update.detail !== null && <Note tone="warn">{t('updates.detail', { text: update.detail })}</Note>
      }
    >
      <div className={classes.buttons}>
        {update.state === 'available' && (
          <Button size="xs" loading={install.isBusy} onClick={() => void send(install)}>
            {t('updates.download')}
          </Button>
        )}
        {update.state === 'ready' && (
          <Button size="xs" loading={install.isBusy} onClick={() => void send(install)}>
            {t('updates.install')}
          </Button>
        )}
        {update.state !== 'off' && update.state !== 'ready' && (
          <Button
            size="xs"
            variant="default"
            loading={check.isBusy}
            disabled={isBusy}
            onClick={() => void send(check)}
          >
            {t('updates.check')}
          </Button>
        )}
      </div>
    </Row>
  );
}

function isFeed(text: string): boolean {
  return text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:' && text.length <= 512);
}

/** The address updates come from; saved when the field is left. */
function Feed({ isManaged }: { readonly isManaged: boolean }) {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference('updates');
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  const kept = value.feed ?? '';
  const text = draft ?? kept;
  const isFit = isFeed(text.trim());

  const keep = () => {
    if (!isFit) return;
    setDraft(null);
    const feed = text.trim() || null;
    if (feed !== value.feed) save((now) => ({ ...now, feed }), 'feed');
  };
  return (
    <Row
      label={t('updates.feed')}
      htmlFor={id}
      hint={t('updates.feedHint')}
      hintId={`${id}-hint`}
      isManaged={isManaged}
      error={errorAt('feed')}
      below={
        <TextInput
          id={id}
          value={text}
          placeholder="https://"
          disabled={isManaged}
          error={isFit ? undefined : t('updates.feedBad')}
          aria-describedby={`${id}-hint`}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      }
    />
  );
}
