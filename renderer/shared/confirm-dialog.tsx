import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly confirm: string;
  /** `red` for what takes something away. */
  readonly color?: 'jade' | 'red';
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: React.ReactNode;
}

/** Says what an action does before it is done. Cancel has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onCancel}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('refresh.cancel') }}
    >
      <div className={classes.words}>{props.children}</div>
      <div className={classes.buttons}>
        <Button variant="default" onClick={props.onCancel} data-autofocus>
          {t('refresh.cancel')}
        </Button>
        <Button
          color={props.color ?? 'jade'}
          onClick={props.onConfirm}
          loading={props.isBusy ?? false}
          disabled={props.isDisabled ?? false}
        >
          {props.confirm}
        </Button>
      </div>
    </Modal>
  );
}
