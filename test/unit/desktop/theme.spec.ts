import { beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../electron/console/preferences.ts';
import { applyStoredTheme, followTheme } from '../../../electron/desktop/theme.ts';
import { electron, resetElectron } from '../../support/electron-mock.ts';
import { emptyState, fakeConsole } from '../../support/fake-console.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { nativeTheme } = electron;

beforeEach(() => {
  resetElectron();
  nativeTheme.themeSource = 'system';
});

it.each([
  [JSON.stringify({ theme: 'dark' }), 'dark'],
  [JSON.stringify({ ...DEFAULT_PREFERENCES, theme: 'light' }), 'light'],
  [JSON.stringify(DEFAULT_PREFERENCES), 'system'],
  [JSON.stringify({ language: 'zh' }), 'system'],
  ['{"theme":"purple"', 'system'],
  [null, 'system'],
])('%s is %s before the console is there', (stored, source) => {
  applyStoredTheme(stored);
  expect(nativeTheme.themeSource).toBe(source);
});

it('follows the preference afterwards', () => {
  const console = fakeConsole();
  followTheme(console);
  expect(nativeTheme.themeSource).toBe('system');
  const { preferences } = emptyState;
  const values = { ...preferences.values, theme: 'dark' } as const;
  console.announce({ type: 'preferences-changed', preferences: { ...preferences, values } });
  expect(nativeTheme.themeSource).toBe('dark');
});
