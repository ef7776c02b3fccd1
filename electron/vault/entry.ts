import type { Entry, Trouble } from './vault.ts';

/** What an entry is called in every vault. */
export const entryName = ({ appId, part }: Entry): string => `${appId}/${part}`;

export const locked = (detail: string): Trouble => ({ result: 'locked', detail });
export const unavailable = (detail: string): Trouble => ({ result: 'unavailable', detail });

/** The system's words for an error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
