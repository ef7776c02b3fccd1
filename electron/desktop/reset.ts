/** Asks before a forgotten passphrase is removed together with every AppSecret (`--reset-lock`). */
import { isConfirmed } from './question.ts';
import type { Words } from './words/zh.ts';

/** For use after the app is ready. */
export function isResetConfirmed({ resetLock }: Words): Promise<boolean> {
  return isConfirmed(resetLock, { type: 'warning', default: 'cancel', window: null });
}
