import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '../../electron/console/contract.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { IconPlus } from '../shared/icons.ts';
import { useReturnFocus } from '../shared/return-focus.ts';
import { useSend } from '../shared/use-send.ts';
import { ClientRow } from './client-row.tsx';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';

const NewClientDialog = lazy(() => import('./new-client-dialog.tsx'));

interface ClientsProps {
  readonly clients: readonly ClientView[];
  /** Called when a key was made or revoked. */
  readonly onChange: () => void;
}

/** The keys of the business servers, and who still has an old token. */
export function Clients({ clients, onChange }: ClientsProps) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [revoked, setRevoked] = useState<ClientView | null>(null);
  return (
    <section className={classes.section} aria-labelledby="clients">
      <div className={classes.head}>
        <h2 id="clients">{t('clients.title')}</h2>
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('clients.add')}
        </Button>
      </div>
      <p className={classes.small}>{t('clients.lead')}</p>
      {clients.length === 0 ? (
        <p className={classes.none}>{t('clients.none')}</p>
      ) : (
        <ul className={classes.rows} aria-label={t('clients.list')}>
          {clients.map((client) => (
            <ClientRow key={client.id} client={client} onRevoke={() => setRevoked(client)} />
          ))}
        </ul>
      )}
      {isAdding && (
        <Suspense fallback={null}>
          <NewClientDialog onMade={onChange} onClose={() => setAdding(false)} />
        </Suspense>
      )}
      {revoked !== null && (
        <RevokeDialog client={revoked} onDone={onChange} onClose={() => setRevoked(null)} />
      )}
    </section>
  );
}

interface RevokeDialogProps {
  readonly client: ClientView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function RevokeDialog({ client, onDone, onClose }: RevokeDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const { send, isBusy, error } = useSend('clients.revoke');
  const revoke = async () => {
    if ((await send({ id: client.id })) === null) return;
    onDone();
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('clients.stop.title', { name: client.name })}
      confirm={t('clients.stop.confirm')}
      color="red"
      isBusy={isBusy}
      onConfirm={() => void revoke()}
      onCancel={onClose}
    >
      <p>{t('clients.stop.text')}</p>
      <p>{t('clients.stop.next')}</p>
      <ErrorNote error={error} />
    </ConfirmDialog>
  );
}
