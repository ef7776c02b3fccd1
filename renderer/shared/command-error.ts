import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { timeText } from '../format.ts';

/** A sentence for a command that was not carried out: what happened and the next step. */
export function useCommandErrorText(): (error: CommandError) => string {
  const { t } = useTranslation();
  return (error) => {
    const until = error.until === undefined ? t('commandError.later') : timeText(error.until, Date.now());
    return t(`commandError.${error.code}`, { until });
  };
}
