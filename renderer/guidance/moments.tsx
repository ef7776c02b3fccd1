import { useNow } from '../clock.ts';
import { exactTime, timeText } from '../format.ts';
import classes from './moments.module.css';

/** A moment to the second; with its zone on hover. */
export function At({ at }: { readonly at: number }) {
  const text = useNow((now) => timeText(at, now));
  return (
    <time className={classes.time} dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {text}
    </time>
  );
}
