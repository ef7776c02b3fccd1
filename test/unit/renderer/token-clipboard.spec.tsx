import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TokenConsole } from '../../../electron/console/contract.ts';
import { copyToken } from '../../../renderer/shared/clipboard.ts';

/** A browser's clipboard, which a page may neither read nor write without the focus. */
let text = '';
let hasFocus = true;

const withFocus = async <Value,>(work: () => Value): Promise<Value> => {
  if (!hasFocus) throw new DOMException('Document is not focused.', 'NotAllowedError');
  return work();
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  [text, hasFocus] = ['', true];
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({
    readText: () => withFocus(() => text),
    writeText: (next: string) =>
      withFocus(() => {
        text = next;
      }),
  } as Clipboard);
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'granted' } as PermissionStatus);
  vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const tokenConsole = {
  commands: {
    'tokens.copy': async () => ({
      ok: true,
      value: { copied: false, accessToken: 'token-a', clearsAt: Date.now() + 30_000 },
    }),
  },
} as unknown as TokenConsole;

async function copy(): Promise<void> {
  expect(await copyToken(tokenConsole, 'wx00000000000000a1')).toEqual({
    kind: 'copied',
    clearsAt: 1_030_000,
  });
  expect(text).toBe('token-a');
}

it('a browser’s page takes the token off its clipboard in time', async () => {
  await copy();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(text).toBe('');
});

it('without the focus it cannot, and does it when the focus is back', async () => {
  await copy();
  hasFocus = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(text).toBe('token-a');
  hasFocus = true;
  window.dispatchEvent(new Event('focus'));
  await vi.advanceTimersByTimeAsync(0);
  expect(text).toBe('');
});

it('what somebody else copied meanwhile stays', async () => {
  await copy();
  hasFocus = false;
  await vi.advanceTimersByTimeAsync(60_000);
  [text, hasFocus] = ['a shopping list', true];
  window.dispatchEvent(new Event('focus'));
  await vi.advanceTimersByTimeAsync(0);
  expect(text).toBe('a shopping list');
});
