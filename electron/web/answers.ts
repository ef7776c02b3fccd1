/** What the web carrier answers by itself, in the bridge's own shape. */
import type { Answer, CommandError } from '../console/contract.ts';

/** `until`: ms since the epoch, where waiting helps. */
export function failure(code: CommandError['code'], message: string, until?: number): Answer<never> {
  return { ok: false, error: { code, message, ...(until === undefined ? {} : { until }) } };
}
