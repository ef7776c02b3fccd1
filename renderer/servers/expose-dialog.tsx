import { useTranslation } from 'react-i18next';
import type { GatewaySettings } from '../../electron/console/contract.ts';
import { ConfirmDialog } from '../shared/confirm-dialog.tsx';
import { Note } from '../shared/note.tsx';
import { useReturnFocus } from '../shared/return-focus.ts';
import { addressText } from './words.ts';

interface ExposeDialogProps {
  readonly settings: GatewaySettings;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asked before the gateway opens at an address that other machines reach. */
export default function ExposeDialog({ settings, isBusy, onConfirm, onCancel }: ExposeDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const address = addressText(settings);
  return (
    <ConfirmDialog
      opened
      title={t('gateway.expose.title')}
      confirm={t('gateway.expose.confirm')}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>{t('gateway.expose.text', { address })}</p>
      {settings.tls === null ? (
        <Note tone="warn">{t('gateway.expose.plain')}</Note>
      ) : (
        <p>{t('gateway.expose.tls')}</p>
      )}
      <p>{t('gateway.expose.firewall')}</p>
    </ConfirmDialog>
  );
}
