/** The system's notification that a copied token may still be on the clipboard, where no page is in front to say it. */
import type { Console } from '../console/console.ts';
import type { ConsoleEvent, Notice, Preferences } from '../console/contract.ts';
import { notify } from './notify.ts';
import { quietEnd } from './quiet-hours.ts';
import type { Window } from './window.ts';
import type { Words } from './words/zh.ts';

export interface ClipboardNoticeParts {
  readonly console: Pick<Console, 'listen'>;
  readonly window: Pick<Window, 'show' | 'hasFocus'>;
  readonly words: () => Words;
}

/** Once for each token, and not in quiet hours. */
export function tellOfOverdueToken({ console, window, words }: ClipboardNoticeParts): void {
  let quiet: Preferences['notices']['quiet'] = null;
  let isThere = false;
  console.listen((event) => {
    const preferences = preferencesIn(event);
    if (preferences) quiet = preferences.notices.quiet;
    const notices = noticesIn(event);
    if (!notices) return;
    const before = isThere;
    isThere = notices.some(({ id }) => id === 'token-on-clipboard');
    const isNews = isThere && !before;
    if (isNews && !window.hasFocus() && quietEnd(quiet, Date.now()) === null) {
      notify({ ...words().onClipboard, id: 'clipboard' }, () => window.show());
    }
  });
}

function preferencesIn(event: ConsoleEvent): Preferences | null {
  if (event.type === 'state') return event.state.preferences.values;
  return event.type === 'preferences-changed' ? event.preferences.values : null;
}

function noticesIn(event: ConsoleEvent): readonly Notice[] | null {
  if (event.type === 'state') return event.state.notices;
  return event.type === 'notices-changed' ? event.notices : null;
}
