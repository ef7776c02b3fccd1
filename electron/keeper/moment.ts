/**
 * A point in time on two clocks. The wall clock jumps (NTP, a person, a time zone set wrong); the monotonic one
 * stops while a laptop sleeps. Neither alone tells how long a token still lives, so both are kept and the
 * earlier end wins (design.md, "Rules of a token's life").
 */
export interface Moment {
  /** Milliseconds since the Unix epoch. */
  readonly wall: number;
  /** Milliseconds since some start of this process; never goes back. */
  readonly mono: number;
}

/** A moment on both clocks; `mono` counts in this process only and is never stored. */
export type Deadline = Moment;

/** `ms` from `now`, on both clocks, to the whole millisecond. */
export function after(now: Moment, ms: number): Deadline {
  const whole = Math.round(ms);
  return { wall: now.wall + whole, mono: now.mono + whole };
}

/** A wall-clock time read back from a store, as a deadline of this process. */
export function onWall(wall: number, now: Moment): Deadline {
  return { wall, mono: now.mono + (wall - now.wall) };
}

/** Milliseconds left by the clock that ends first; negative when past. */
export function left(deadline: Deadline, now: Moment): number {
  return Math.min(deadline.wall - now.wall, deadline.mono - now.mono);
}

/** The earlier of two deadlines, clock by clock. */
export function earlier(a: Deadline, b: Deadline): Deadline {
  return { wall: Math.min(a.wall, b.wall), mono: Math.min(a.mono, b.mono) };
}
