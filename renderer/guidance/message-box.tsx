import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import classes from './guidance.module.css';
import { type MessageTopic, useMessage } from './message.ts';

interface MessageBoxProps {
  readonly account: AccountView;
  readonly topic: MessageTopic;
}

/** The message to the administrator, in full, to be read before it is copied. */
export function MessageBox({ account, topic }: MessageBoxProps) {
  const { t } = useTranslation();
  const message = useMessage(account, topic);
  return (
    <figure className={classes.message}>
      <figcaption className={classes.small}>{t('message.label')}</figcaption>
      <blockquote className={classes.quote}>{message}</blockquote>
      <CopyButton text={message} label={t('message.copy')} size="xs" />
    </figure>
  );
}
