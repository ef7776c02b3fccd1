/** Renders a part of the interface over a fake console, as main.tsx does over the real one. */
import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import { BridgeProvider } from '../../renderer/bridge.ts';
import { type Language, startLanguage } from '../../renderer/i18n.ts';
import { useRefreshState } from '../../renderer/refresh/flow.ts';
import { initialState } from '../../renderer/state.ts';
import { takeEvents, useConsoleState } from '../../renderer/store.ts';
import { theme } from '../../renderer/theme.ts';
import { type FakeConsole, type FakeOptions, fakeConsole } from './renderer-fake-console.ts';

/** Puts `element` on the page with everything it may ask for; the console it talks to comes back. */
export async function renderOver(
  element: React.ReactElement,
  options: FakeOptions = {},
  language: Language = 'en',
): Promise<FakeConsole> {
  await startLanguage(language);
  const fake = fakeConsole(options);
  fake.listen((event) => takeEvents([event]));
  render(
    <MantineProvider theme={theme} env="test">
      <BridgeProvider value={{ console: fake, signIn: null, signOut: null }}>{element}</BridgeProvider>
    </MantineProvider>,
  );
  return fake;
}

/** Takes everything off the page and out of the stores. */
export function forgetAll(): void {
  cleanup();
  useConsoleState.setState(initialState, true);
  useRefreshState.setState({ question: null, running: {}, results: {} }, true);
  window.location.hash = '';
}
