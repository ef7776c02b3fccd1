/** As seen on the real Electron under load: a page without frames until its window was hidden and shown. */
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawAgain } from '../../../electron/desktop/drawn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NEVER = new Promise<boolean>(() => undefined);

/** `frames`: what the page answers to each question for a frame. */
function windowWith(...frames: (() => Promise<boolean>)[]) {
  const executeJavaScript = vi.fn(() => (frames.shift() ?? (() => NEVER))());
  const window = { hide: vi.fn(), show: vi.fn(), webContents: { executeJavaScript } };
  return { ...window, asked: executeJavaScript, window: window as unknown as BrowserWindow };
}

const drawn = async () => true;

it('leaves a window alone that has a frame, or whose page has ended', async () => {
  for (const answer of [drawn, () => Promise.reject(new Error('the page has ended'))]) {
    const { window, hide, show } = windowWith(answer);
    await drawAgain(window, () => true);
    expect([hide, show].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
  }
});

it('hides and shows one without, and looks again', async () => {
  const { window, hide, show, asked } = windowWith(() => NEVER, drawn);
  const done = drawAgain(window, () => true);
  await vi.advanceTimersByTimeAsync(1000);
  await done;
  expect([hide, show, asked].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 2]);
});

it('gives up after three times', async () => {
  const { window, hide } = windowWith();
  const done = drawAgain(window, () => true);
  await vi.advanceTimersByTimeAsync(3000);
  await done;
  expect(hide).toHaveBeenCalledTimes(3);
});

it('leaves alone what a person has put away meanwhile', async () => {
  const { window, hide } = windowWith();
  let isShown = true;
  const done = drawAgain(window, () => isShown);
  isShown = false;
  await vi.advanceTimersByTimeAsync(1000);
  await done;
  expect(hide).not.toHaveBeenCalled();
});
