/** Settings in the ledger as typed values; what cannot be read is as if never set. */
import type { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import { Refusal } from './refusal.ts';

export type SettingsLedger = Pick<Ledger, 'setting' | 'setSetting'>;

export function readSetting<T>(ledger: SettingsLedger, key: string, schema: z.ZodType<T>): T | undefined {
  const text = ledger.setting(key);
  if (text === null) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined; // written by another version, or by hand
  }
}

/** Throws Refusal `storage-failed`; nothing is then changed. */
export function writeSetting(ledger: SettingsLedger, key: string, value: unknown): void {
  try {
    ledger.setSetting(key, JSON.stringify(value));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal('storage-failed', `Nothing was changed: the ledger could not be written. ${reason}`);
  }
}
