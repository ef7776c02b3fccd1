import { IconAlertTriangle, IconCheck, IconInfo } from './icons.ts';
import classes from './note.module.css';

interface NoteProps {
  readonly tone: 'ok' | 'info' | 'warn' | 'bad';
  readonly children: React.ReactNode;
  /** Said aloud at once; for what a person's own action brought about. */
  readonly isAnswer?: boolean;
  /** A button at its end, below the words where there is no room beside them. */
  readonly action?: React.ReactNode;
}

const ICON = { ok: IconCheck, info: IconInfo, warn: IconAlertTriangle, bad: IconAlertTriangle };

/** One calm line of news, in place. */
export function Note({ tone, children, isAnswer = false, action }: NoteProps) {
  const Icon = ICON[tone];
  return (
    <div className={classes.note} data-tone={tone} role={isAnswer ? 'status' : undefined}>
      <Icon size={18} aria-hidden="true" />
      <div className={classes.body}>
        <div className={classes.words}>{children}</div>
        {action}
      </div>
    </div>
  );
}
