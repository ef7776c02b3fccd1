import { useNow } from '../clock.ts';
import { clockText, countdownText, secondsLeft } from '../format.ts';
import classes from './time-left.module.css';

const STRONGER_BELOW_SECONDS = 600;

interface TimeLeftProps {
  readonly until: number;
  /** `life`: always with hours, `0:58:03`. `wait`: as short as it can be, `04:12`. */
  readonly as: 'life' | 'wait';
}

/** A countdown on the page's one clock, in figures that keep their width. Not announced: seconds are noise. */
export function TimeLeft({ until, as }: TimeLeftProps) {
  const seconds = useNow((now) => secondsLeft(until, now));
  const text = as === 'life' ? clockText(seconds) : countdownText(seconds);
  const cut = text.lastIndexOf(':') + 1;
  return (
    <span className={classes.time} data-short={seconds < STRONGER_BELOW_SECONDS || undefined}>
      {text.slice(0, cut)}
      <span className={classes.seconds}>{text.slice(cut)}</span>
    </span>
  );
}

/** True once `until` has passed; re-renders when it does. null never passes. */
export function useIsOver(until: number | null): boolean {
  return useNow((now) => until !== null && secondsLeft(until, now) === 0);
}
