import '@mantine/core/styles/Switch.css';
import { Button, Switch } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewaySettings, HandoutView } from '../../electron/console/contract.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';
import { addressText, gatewayProblem, isLoopback } from './words.ts';

const GatewayDialog = lazy(() => import('./gateway-dialog.tsx'));
const ExposeDialog = lazy(() => import('./expose-dialog.tsx'));

interface GatewayCardProps {
  readonly gateway: HandoutView['gateway'];
  readonly onView: (view: HandoutView) => void;
}

/** The gateway: whether it is open, where, and who can reach it. */
export function GatewayCard({ gateway, onView }: GatewayCardProps) {
  const { t } = useTranslation();
  const { settings, isFixed } = gateway;
  const isManaged = useConsoleState(({ preferences }) => preferences?.managed.includes('gateway') ?? false);
  const { send, isBusy, error } = useSend('handout.setGateway');
  const [dialog, setDialog] = useState<'edit' | 'expose' | null>(null);

  const change = async (enabled: boolean) => {
    const view = await send({ ...settings, enabled });
    setDialog(null);
    if (view) onView(view);
  };
  return (
    <section className={classes.card} aria-labelledby="gateway">
      <div className={classes.head}>
        <h2 id="gateway">{t('gateway.title')}</h2>
        <Switch
          label={t('gateway.switch')}
          checked={settings.enabled}
          disabled={isFixed || isBusy}
          onChange={(event) => {
            const enabled = event.currentTarget.checked;
            if (enabled && !isLoopback(settings.host)) setDialog('expose');
            else void change(enabled);
          }}
        />
      </div>
      <p className={classes.small}>{t('gateway.lead')}</p>
      <Standing gateway={gateway} />
      {gateway.url !== null && <Reach settings={settings} />}
      <ErrorNote error={error} />
      {isFixed ? (
        <Note tone="info">{t(isManaged ? 'gateway.managed' : 'gateway.fixed')}</Note>
      ) : (
        <div className={classes.buttons}>
          <Button size="xs" variant="default" onClick={() => setDialog('edit')}>
            {t('gateway.edit')}
          </Button>
        </div>
      )}
      <Suspense fallback={null}>
        {dialog === 'edit' && (
          <GatewayDialog settings={settings} onView={onView} onClose={() => setDialog(null)} />
        )}
        {dialog === 'expose' && (
          <ExposeDialog
            settings={settings}
            isBusy={isBusy}
            onConfirm={() => void change(true)}
            onCancel={() => setDialog(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

/** Its address, or why there is none. */
function Standing({ gateway }: Pick<GatewayCardProps, 'gateway'>) {
  const { t } = useTranslation();
  const { settings, url, problem } = gateway;
  if (!settings.enabled) return <p>{t('gateway.off')}</p>;
  if (problem !== null) {
    return (
      <Note tone="bad">
        <p>{t('gateway.down')}</p>
        <p className="mono">{addressText(settings)}</p>
        <p>{t(`gateway.problem.${gatewayProblem(problem)}`)}</p>
        <p>{t('servers.technical', { text: problem })}</p>
      </Note>
    );
  }
  if (url === null) return <p role="status">{t('gateway.starting')}</p>;
  return (
    <div>
      <span className={classes.small}>{t('gateway.listens')}</span>
      <div className={classes.value}>
        <span className="mono">{url}</span>
        <CopyIcon text={url} label={t('gateway.copy')} />
      </div>
    </div>
  );
}

function Reach({ settings }: { readonly settings: GatewaySettings }) {
  const { t } = useTranslation();
  if (isLoopback(settings.host)) return <p className={classes.small}>{t('gateway.loopback')}</p>;
  if (settings.tls !== null) {
    return (
      <p className={classes.small}>
        {t('gateway.exposed')} {t('gateway.tls')}
      </p>
    );
  }
  return (
    <Note tone="warn">
      {t('gateway.exposed')} {t('gateway.plain')}
    </Note>
  );
}
