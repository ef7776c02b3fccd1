/** Whether it is a time of day at which nothing is shown. Pure; times are this machine's. */
import type { Preferences } from '../console/contract.ts';

/** When the quiet hours that `now` lies in end; null: it lies in none. They may span midnight. */
export function quietEnd(quiet: Preferences['notices']['quiet'], now: number): number | null {
  if (quiet === null || quiet.from === quiet.to) return null;
  const { from, to } = quiet;
  for (const day of [-1, 0]) {
    const start = timeOn(day, from, now);
    const end = timeOn(from < to ? day : day + 1, to, now);
    if (start <= now && now < end) return end;
  }
  return null;
}

function timeOn(day: number, time: string, now: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const date = new Date(now);
  date.setDate(date.getDate() + day);
  return date.setHours(hours, minutes, 0, 0);
}
