import { useTranslation } from 'react-i18next';
import type { Phase } from '../../electron/console/contract.ts';
import classes from './phase-badge.module.css';
import { PHASE_TONE, PhaseMark } from './phase-mark.tsx';

/** A phase in shape, colour and word. */
export function PhaseBadge({ phase }: { readonly phase: Phase }) {
  const { t } = useTranslation();
  return (
    <span className={classes.badge} data-tone={PHASE_TONE[phase]}>
      <PhaseMark phase={phase} />
      {t(`phase.${phase}`)}
    </span>
  );
}
