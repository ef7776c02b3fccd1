/** Durations, times and identifiers as a person reads them. Pure. */

const pad = (value: number): string => String(value).padStart(2, '0');

/** Whole seconds between the wall seconds of `now` and `until`, never below 0: at most one too few, never too many. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.floor(until / 1000) - Math.floor(now / 1000));
}

/** `1:42:10`, always with hours: the life of a token keeps its width as it runs out. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

/** `04:12`, from an hour on `1:04:12`: waits and blocks. */
export function countdownText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole >= 3600 ? clockText(whole) : `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

/** `184 ms`, `1.2 s`, `12 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** `wx1a2b…3c4d`. */
export function shortAppId(appId: string): string {
  return appId.length <= 12 ? appId : `${appId.slice(0, 6)}…${appId.slice(-4)}`;
}

function isSameDay(a: Date, b: Date): boolean {
  return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

/** `14:32:10` today, `11-21 14:32:10` on another day, with the year where it differs; local time. */
export function timeText(at: number, now: number): string {
  const time = new Date(at);
  const today = new Date(now);
  const clock = `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
  if (isSameDay(time, today)) return clock;
  const day = `${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return time.getFullYear() === today.getFullYear()
    ? `${day} ${clock}`
    : `${time.getFullYear()}-${day} ${clock}`;
}

/** `2026-11-22 14:32:10 +08:00`: unambiguous wherever it is pasted. */
export function exactTime(at: number): string {
  const time = new Date(at);
  const offset = -time.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day} ${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())} ${zone}`;
}

/** How much of a life is left, 0 to 1. */
export function fractionLeft(from: number, until: number, now: number): number {
  if (until <= from) return 0;
  return Math.min(1, Math.max(0, (until - now) / (until - from)));
}
