/** Asks before a forgotten passphrase is removed together with every AppSecret (`--reset-lock`). */
import { dialog } from 'electron';
import type { Words } from './words/zh.ts';

/** For use after the app is ready. */
export async function isResetConfirmed({ resetLock }: Words): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: resetLock.message,
    detail: resetLock.detail,
    buttons: [resetLock.cancel, resetLock.confirm],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
