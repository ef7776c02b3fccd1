import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoutView } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { timeText } from '../format.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';
import { type MarkTone, StateMark } from './state-mark.tsx';
import { addressText, redisReason } from './words.ts';

const RedisDialog = lazy(() => import('./redis-dialog.tsx'));

type Redis = HandoutView['redis'];

const TONE: Readonly<Record<Redis['status'], MarkTone>> = {
  off: 'idle',
  connecting: 'idle',
  ready: 'ok',
  failing: 'bad',
};

interface RedisCardProps {
  readonly redis: Redis;
  readonly onView: (view: HandoutView) => void;
}

/** The Redis that business servers read: how it stands, and its settings. */
export function RedisCard({ redis, onView }: RedisCardProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('handout.setRedis');
  const [dialog, setDialog] = useState<'edit' | 'off' | null>(null);
  const { settings } = redis;

  const disconnect = async () => {
    const view = await send({ settings: null });
    if (view === null) return;
    setDialog(null);
    onView(view);
  };
  return (
    <section className={classes.card} aria-labelledby="redis">
      <h2 id="redis">{t('redis.title')}</h2>
      <p className={classes.small}>{t('redis.lead')}</p>
      {settings === null ? <p>{t('redis.none')}</p> : <Standing redis={redis} />}
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={() => setDialog('edit')}>
          {t(settings === null ? 'redis.connect' : 'redis.edit')}
        </Button>
        {settings !== null && (
          <Button size="xs" variant="default" onClick={() => setDialog('off')}>
            {t('redis.off')}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>
        {dialog === 'edit' && <RedisDialog redis={redis} onView={onView} onClose={() => setDialog(null)} />}
      </Suspense>
      <ConfirmDialog
        opened={dialog === 'off'}
        title={t('redis.stop.title')}
        confirm={t('redis.stop.confirm')}
        color="red"
        isBusy={isBusy}
        onConfirm={() => void disconnect()}
        onCancel={() => setDialog(null)}
      >
        <p>{t('redis.stop.text')}</p>
        <p>{t('redis.stop.after')}</p>
        <ErrorNote error={error} />
      </ConfirmDialog>
    </section>
  );
}

function Standing({ redis }: { readonly redis: Redis }) {
  const { t } = useTranslation();
  const { status, settings, detail } = redis;
  const since = useNow((now) => timeText(redis.since, now));
  return (
    <>
      <div className={classes.value}>
        <StateMark tone={TONE[status]}>{t(`redis.status.${status}`)}</StateMark>
        <span className={classes.small}>{t('redis.since', { time: since })}</span>
      </div>
      {settings !== null && (
        <p className="mono">
          {settings.tls ? 'rediss' : 'redis'}://{addressText(settings)}/{settings.db}
        </p>
      )}
      {status === 'failing' && (
        <Note tone="bad">
          <p>{t(`redis.reason.${redisReason(detail ?? '')}`)}</p>
          <p>{t('redis.meanwhile')}</p>
          {detail !== null && <p>{t('servers.technical', { text: detail })}</p>}
        </Note>
      )}
    </>
  );
}
