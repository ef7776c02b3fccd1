import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Asking, isConfirmed } from '../../../electron/desktop/question.ts';
import { createWindow } from '../../../electron/desktop/window.ts';
import { electron, resetElectron, windows } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { dialog } = electron;
const QUESTION = { message: 'Now?', detail: 'It ends.', confirm: 'Do it', cancel: 'Cancel' };
const asked = (changes: Partial<Asking> = {}) =>
  isConfirmed(QUESTION, { type: 'question', default: 'cancel', window: null, ...changes });

beforeEach(resetElectron);

describe('a question', () => {
  it.each([
    [0, false],
    [1, true],
  ])('answered by button %i is confirmed: %s', async (response, isYes) => {
    dialog.showMessageBox.mockResolvedValueOnce({ response, checkboxChecked: false });
    expect(await asked()).toBe(isYes);
  });

  it.each([
    ['cancel', 0],
    ['confirm', 1],
  ] as const)('has %s as what Return means, and Escape cancels', async (usual, defaultId) => {
    await asked({ default: usual });
    expect(dialog.showMessageBox.mock.lastCall).toEqual([
      expect.objectContaining({ buttons: ['Cancel', 'Do it'], defaultId, cancelId: 0 }),
    ]);
  });

  it('belongs to the window only while that can be seen', async () => {
    const window = createWindow('/p', 'app://console/');
    window.show();
    const [shown] = windows;
    await asked({ window });
    expect(dialog.showMessageBox.mock.lastCall?.[0]).toBe(shown);
    shown?.members.isVisible.mockReturnValueOnce(false);
    await asked({ window });
    expect(dialog.showMessageBox.mock.lastCall).toHaveLength(1);
    shown?.members.isMinimized.mockReturnValueOnce(true);
    await asked({ window });
    expect(dialog.showMessageBox.mock.lastCall).toHaveLength(1);
  });

  it('keeps the main loop awake until it is answered, and no longer', async () => {
    vi.useFakeTimers();
    const answer = Promise.withResolvers<{ response: number; checkboxChecked: boolean }>();
    dialog.showMessageBox.mockReturnValueOnce(answer.promise);
    const confirmed = asked();
    expect(vi.getTimerCount()).toBe(1);
    answer.resolve({ response: 1, checkboxChecked: false });
    expect(await confirmed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    dialog.showMessageBox.mockRejectedValueOnce(new Error('no display'));
    await expect(asked()).rejects.toThrow('no display');
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
