import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReturnFocus } from '../shared/return-focus.ts';
import classes from './form-dialog.module.css';

interface FormDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly isBusy: boolean;
  readonly color?: 'jade' | 'red';
  /** Where the dialog takes something away, the focus begins on Cancel. */
  readonly isCancelFirst?: boolean;
  /** False once there is nothing left to cancel. */
  readonly hasCancel?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A dialog with fields: Enter sends, Escape leaves. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('form.cancel') }}
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        {props.children}
        <div className={classes.buttons}>
          {props.hasCancel !== false && (
            <Button
              variant="default"
              onClick={props.onClose}
              {...(props.isCancelFirst && { 'data-autofocus': true })}
            >
              {t('form.cancel')}
            </Button>
          )}
          <Button type="submit" color={props.color ?? 'jade'} loading={props.isBusy}>
            {props.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
