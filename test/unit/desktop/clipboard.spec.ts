import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTokenClipboard, type TokenClipboard } from '../../../electron/desktop/clipboard.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { clipboard } = electron;
let tokens: TokenClipboard;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  resetElectron();
  tokens = createTokenClipboard();
});

afterEach(() => {
  vi.useRealTimers();
});

it('copies, says when it clears, and clears after 30 seconds', async () => {
  expect(await tokens.copy('token-a')).toEqual({ clearsAt: 1_030_000 });
  expect(await clipboard.readText()).toBe('token-a');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves alone what somebody else copied since', async () => {
  await tokens.copy('token-a');
  await clipboard.writeText('a shopping list');
  await vi.advanceTimersByTimeAsync(30_000);
  await tokens.clear();
  expect(await clipboard.readText()).toBe('a shopping list');
  expect(clipboard.clear).not.toHaveBeenCalled();
});

it('counts from the latest copy, also of the same token', async () => {
  await tokens.copy('token-a');
  await vi.advanceTimersByTimeAsync(20_000);
  await tokens.copy('token-a');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('clears at once when the app quits', async () => {
  await tokens.copy('token-a');
  await tokens.clear();
  expect(await clipboard.readText()).toBe('');
  expect(vi.getTimerCount()).toBe(0);
});

it('has nothing to clear before a copy or after a clearing', async () => {
  await tokens.clear();
  await tokens.copy('token-a');
  await tokens.clear();
  await tokens.clear();
  expect(clipboard.readText).toHaveBeenCalledOnce();
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('does not let a due clearing overtake a copy that has begun', async () => {
  await tokens.copy('token-a');
  const written = Promise.withResolvers<void>();
  clipboard.writeText.mockReturnValueOnce(written.promise);
  const copied = tokens.copy('token-a');
  await vi.advanceTimersByTimeAsync(30_000);
  written.resolve();
  await copied;
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('says when the copy failed, and still clears the one before', async () => {
  await tokens.copy('token-a');
  clipboard.writeText.mockRejectedValueOnce(new Error('clipboard busy'));
  await expect(tokens.copy('token-b')).rejects.toThrow('clipboard busy');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('tries again on quitting when the clipboard could not be read', async () => {
  await tokens.copy('token-a');
  clipboard.readText.mockRejectedValueOnce(new Error('clipboard busy'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await tokens.clear();
  expect(clipboard.clear).toHaveBeenCalledOnce();
});
