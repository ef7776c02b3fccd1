/** In which language the main process speaks: the preference's, or the system's. */
import { app } from 'electron';
import type { Console } from '../console/console.ts';
import type { Preferences } from '../console/contract.ts';
import { followPreferences } from './follow.ts';
import { en } from './words/en.ts';
import { type Words, zh } from './words/zh.ts';

export interface Wording {
  words(): Words;
  /** Calls `listener` whenever the language has changed. */
  changed(listener: () => void): void;
  /** From now on the console's preference counts; until then the system's language does. */
  follow(console: Pick<Console, 'listen'>): void;
}

function wordsFor(language: Preferences['language']): Words {
  if (language !== 'system') return language === 'zh' ? zh : en;
  return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') ? zh : en;
}

export function createWording(): Wording {
  const listeners: (() => void)[] = [];
  let words: Words | null = null;
  return {
    words: () => {
      words ??= wordsFor('system');
      return words;
    },
    changed: (listener) => void listeners.push(listener),
    follow(console) {
      followPreferences(console, ({ language }) => {
        const before = words;
        words = wordsFor(language);
        if (words !== before) for (const listener of listeners) listener();
      });
    },
  };
}
