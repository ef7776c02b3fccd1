/** The one place that reads this machine's clocks. */
import type { Moment } from './moment.ts';

export type Clock = () => Moment;

export const systemClock: Clock = () => ({ wall: Date.now(), mono: Math.round(performance.now()) });
