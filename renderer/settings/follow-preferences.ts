import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useConsole } from '../bridge.ts';
import { chooseLanguage, languageChoice, speak } from '../i18n.ts';
import { useConsoleState } from '../store.ts';

/**
 * Follows the console's language and appearance, whoever changed them. The desktop keeps them in the page too, for
 * the first paint of the next start; a browser has its own, unless administrators have settled the language.
 */
export function useFollowPreferences(): void {
  const { host } = useConsole();
  const language = useConsoleState((state) => state.preferences?.values.language);
  const theme = useConsoleState((state) => state.preferences?.values.theme);
  const isManaged = useConsoleState((state) => state.preferences?.managed.includes('language') ?? false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDesktop = host === 'desktop';

  useEffect(() => {
    if (isDesktop && language !== undefined && language !== languageChoice()) void chooseLanguage(language);
  }, [isDesktop, language]);

  useEffect(() => {
    if (isDesktop || !isManaged || language === undefined) return;
    void speak(language);
    return () => void speak(languageChoice());
  }, [isDesktop, isManaged, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the console's own is followed
  useEffect(() => {
    if (isDesktop && theme !== undefined && theme !== colorScheme) setColorScheme(theme);
  }, [isDesktop, theme]);
}
