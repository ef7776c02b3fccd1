/** The page's language: the system's at first, then what the person chose. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Words } from './locales/zh.ts';

export type Language = 'zh' | 'en';
export type LanguageChoice = Language | 'system';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Words };
  }
}

const KEY = 'token-console.language';

/** The words of a language, loaded when it is first spoken: nobody reads two at once. */
const WORDS: Readonly<Record<Language, () => Promise<Words>>> = {
  zh: () => import('./locales/zh.ts').then(({ zh }) => zh),
  en: () => import('./locales/en.ts').then(({ en }) => en),
};

/** Chinese for any Chinese system, else English. */
export function systemLanguage(tags: readonly string[]): Language {
  return tags[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function languageChoice(): LanguageChoice {
  const kept = window.localStorage.getItem(KEY);
  return kept === 'zh' || kept === 'en' ? kept : 'system';
}

function applied(choice: LanguageChoice): Language {
  return choice === 'system' ? systemLanguage(navigator.languages) : choice;
}

/** Keeps the choice and changes the page's language at once. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  if (choice === 'system') window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, choice);
  await setLanguage(applied(choice));
}

/** Speaks a language without keeping it as this page's choice. */
export async function speak(choice: LanguageChoice): Promise<void> {
  await setLanguage(applied(choice));
}

let wanted: Language | null = null;

async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await WORDS[language]());
  }
  // Chosen differently while these words were loading.
  if (wanted !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** To be called once, before the first render. */
export async function startLanguage(language: Language = applied(languageChoice())): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { [language]: { translation: await WORDS[language]() } },
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  await setLanguage(language);
}
