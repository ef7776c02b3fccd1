import { IconAlertTriangle, IconCheck, IconInfo } from '../shared/icons.ts';
import classes from './servers.module.css';

export type MarkTone = 'ok' | 'warn' | 'bad' | 'idle';

const ICON = { ok: IconCheck, warn: IconAlertTriangle, bad: IconAlertTriangle, idle: IconInfo };

interface StateMarkProps {
  readonly tone: MarkTone;
  readonly children: React.ReactNode;
}

/** A state as a mark and a word; the colour only repeats them. */
export function StateMark({ tone, children }: StateMarkProps) {
  const Icon = ICON[tone];
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon size={16} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
