import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenClipboard, type TokenClipboard } from '../../../electron/desktop/clipboard.ts';
import { clipboardItems, electron, resetElectron } from '../../support/electron-mock.ts';

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
  expect(await tokens.copy('token-a', 30)).toEqual({ clearsAt: 1_030_000 });
  expect(await clipboard.readText()).toBe('token-a');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves alone what somebody else copied since', async () => {
  await tokens.copy('token-a', 30);
  await clipboard.writeText('a shopping list');
  await vi.advanceTimersByTimeAsync(30_000);
  await tokens.clear();
  expect(await clipboard.readText()).toBe('a shopping list');
  expect(clipboard.clear).not.toHaveBeenCalled();
});

it('counts from the latest copy, also of the same token', async () => {
  await tokens.copy('token-a', 30);
  await vi.advanceTimersByTimeAsync(20_000);
  await tokens.copy('token-a', 30);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('clears at once when the app quits', async () => {
  await tokens.copy('token-a', 30);
  await tokens.clear();
  expect(await clipboard.readText()).toBe('');
  expect(vi.getTimerCount()).toBe(0);
});

it('has nothing to clear before a copy or after a clearing', async () => {
  await tokens.clear();
  await tokens.copy('token-a', 30);
  await tokens.clear();
  await tokens.clear();
  expect(clipboard.readText).toHaveBeenCalledOnce();
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('does not let a due clearing overtake a copy that has begun', async () => {
  await tokens.copy('token-a', 30);
  const written = Promise.withResolvers<void>();
  clipboard.write.mockReturnValueOnce(written.promise);
  const copied = tokens.copy('token-a', 30);
  await vi.advanceTimersByTimeAsync(30_000);
  written.resolve();
  await copied;
  await vi.advanceTimersByTimeAsync(29_999);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('says when the copy failed, and still clears the one before', async () => {
  await tokens.copy('token-a', 30);
  clipboard.write.mockRejectedValueOnce(new Error('clipboard busy'));
  clipboard.writeText.mockRejectedValueOnce(new Error('clipboard busy'));
  await expect(tokens.copy('token-b', 30)).rejects.toThrow('clipboard busy');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('tries again on quitting when the clipboard could not be read', async () => {
  await tokens.copy('token-a', 30);
  clipboard.readText.mockRejectedValueOnce(new Error('clipboard busy'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(clipboard.clear).not.toHaveBeenCalled();
  await tokens.clear();
  expect(clipboard.clear).toHaveBeenCalledOnce();
});

it('never clears what is to stay, not even on quitting', async () => {
  expect(await tokens.copy('token-a', null)).toEqual({ clearsAt: null });
  await vi.advanceTimersByTimeAsync(3_600_000);
  await tokens.clear();
  expect(await clipboard.readText()).toBe('token-a');
  expect(vi.getTimerCount()).toBe(0);
});

it('no longer clears a token that was copied again to stay', async () => {
  await tokens.copy('token-a', 30);
  await tokens.copy('token-a', null);
  await vi.advanceTimersByTimeAsync(60_000);
  await tokens.clear();
  expect(await clipboard.readText()).toBe('token-a');
});

it.each([10, 20, 30, 60, 120, 300])('clears after %i seconds where that is set', async (seconds) => {
  await tokens.copy('token-a', seconds);
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
  expect(await clipboard.readText()).toBe('token-a');
  await vi.advanceTimersByTimeAsync(1);
  expect(await clipboard.readText()).toBe('');
});

describe('clipboard managers', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ['darwin', ['org.nspasteboard.ConcealedType']],
    [
      'win32',
      [
        'ExcludeClipboardContentFromMonitorProcessing',
        'CanIncludeInClipboardHistory',
        'CanUploadToCloudClipboard',
      ],
    ],
    ['linux', ['x-kde-passwordManagerHint']],
  ] as const)('are asked on %s not to keep it, in the same write as the text', async (platform, formats) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
    await tokens.copy('token-a', 30);
    expect(clipboardItems).toHaveLength(1);
    expect(Object.keys(clipboardItems[0]?.data ?? {})).toEqual([
      'text/plain',
      ...formats.map((format) => `electron application/osclipboard;format="${format}"`),
    ]);
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });

  it('are told so on Windows by zeros of four bytes', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
    await tokens.copy('token-a', 30);
    const [, ...marks] = Object.values(clipboardItems[0]?.data ?? {}) as Blob[];
    for (const mark of marks) expect([...new Uint8Array(await mark.arrayBuffer())]).toEqual([0, 0, 0, 0]);
  });

  it('are not told where the system refuses the marks: the text is copied all the same', async () => {
    clipboard.write.mockRejectedValueOnce(new Error('unknown format'));
    await tokens.copy('token-a', 30);
    expect(await clipboard.readText()).toBe('token-a');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await clipboard.readText()).toBe('');
  });
});
