/** How long a token lives, told so coarsely that the text seldom changes. Pure. */
import type { Words } from './words/zh.ts';

const MINUTE = 60_000;
const STEP = 5;
/** From here on every minute counts. */
const FINE = 10;

export interface Left {
  /** null: it has ended. */
  readonly text: string | null;
  /** When the text is another one; null: never. */
  readonly changesAt: number | null;
}

/** Whole minutes, above ten of them in steps of five, rounded down: a token never lives shorter than is told. */
export function timeLeft(
  expiresAt: number,
  now: number,
  words: Pick<Words, 'duration' | 'underAMinute'>,
): Left {
  const ms = expiresAt - now;
  if (ms <= 0) return { text: null, changesAt: null };
  const whole = Math.floor(ms / MINUTE);
  const minutes = whole > FINE ? whole - (whole % STEP) : whole;
  if (minutes === 0) return { text: words.underAMinute, changesAt: expiresAt };
  const text = words.duration(Math.floor(minutes / 60), minutes % 60);
  return { text, changesAt: expiresAt - minutes * MINUTE + 1 };
}
