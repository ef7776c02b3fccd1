import { beforeEach, describe, expect, it, vi } from 'vitest';
import { reloadAfterCrash } from '../../../electron/desktop/crash.ts';
import { createWindow, type Window } from '../../../electron/desktop/window.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';
import { electron, resetElectron, windows } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { dialog } = electron;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
let window: Window;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
  resetElectron();
  window = createWindow('/p', 'app://console/');
  reloadAfterCrash({ window, words: () => zh, log });
  window.show();
  return () => void vi.useRealTimers();
});

const reload = () => windows[0]?.webContents.reload;

function end(reason = 'crashed'): void {
  windows[0]?.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
}

describe('a page whose process has ended', () => {
  it.each(['crashed', 'killed', 'oom', 'abnormal-exit', 'launch-failed'])(
    'by %s is loaded again',
    (reason) => {
      end(reason);
      expect(reload()).toHaveBeenCalledOnce();
      expect(log.error).toHaveBeenCalledWith({ reason, exitCode: 5 }, 'the page has ended');
    },
  );

  it('because it was closed is left alone', () => {
    end('clean-exit');
    expect(reload()).not.toHaveBeenCalled();
  });

  it('three times a minute by itself, then when a person says so', async () => {
    dialog.showMessageBox.mockResolvedValueOnce({ response: 1, checkboxChecked: false });
    for (let time = 1; time <= 4; time++) end();
    expect(reload()).toHaveBeenCalledTimes(3);
    expect(JSON.stringify(dialog.showMessageBox.mock.lastCall)).toContain(zh.crashed.message);
    await vi.waitFor(() => expect(reload()).toHaveBeenCalledTimes(4));
  });

  it('is not asked about twice at once, nor loaded when the person says later', async () => {
    const answer = Promise.withResolvers<{ response: number; checkboxChecked: boolean }>();
    dialog.showMessageBox.mockReturnValueOnce(answer.promise);
    for (let time = 1; time <= 6; time++) end();
    expect(dialog.showMessageBox).toHaveBeenCalledOnce();
    answer.resolve({ response: 0, checkboxChecked: false });
    await vi.waitFor(() => {
      end();
      expect(dialog.showMessageBox).toHaveBeenCalledTimes(2);
    });
    expect(reload()).toHaveBeenCalledTimes(3);
  });

  it('now and then is loaded again for as long as it lasts', () => {
    for (let time = 1; time <= 10; time++) {
      end();
      vi.setSystemTime(Date.now() + 30_000);
    }
    expect(reload()).toHaveBeenCalledTimes(10);
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
  });
});
