import { useTranslation } from 'react-i18next';
import { useNow } from '../clock.ts';
import { IconAlertTriangle } from '../shared/icons.ts';
import { overwritesOfDay } from './overwritten.ts';
import classes from './overwritten-mark.module.css';

/** How often the token was overwritten in the last 24 hours, for a row; nothing where it was not. */
export function OverwrittenMark({ overwrittenAt }: { readonly overwrittenAt: readonly number[] }) {
  const { t } = useTranslation();
  const count = useNow((now) => overwritesOfDay(overwrittenAt, now).length);
  if (count === 0) return null;
  return (
    <span className={classes.mark}>
      <IconAlertTriangle size={14} aria-hidden="true" />
      {t('overwritten.mark', { count })}
    </span>
  );
}
