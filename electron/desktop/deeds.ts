/** What the tray's lines do. */
import { app } from 'electron';
import type { Console } from '../console/console.ts';
import { notify } from './notify.ts';
import { isConfirmed } from './question.ts';
import { asksFirst, type Deed } from './tray-model.ts';
import type { Window } from './window.ts';
import type { Words } from './words/zh.ts';

export interface DeedParts {
  readonly console: Pick<Console, 'execute' | 'state'>;
  readonly window: Pick<Window, 'show' | 'current'>;
  readonly words: () => Words;
  /** Whether a copy reaches the clipboard from here, where no key or click came to the window. */
  readonly copies: boolean;
}

/** The page's address of an account, or with null of the overview (renderer/router.ts). */
export function routeOf(appId: string | null): string {
  return appId === null ? '#/' : `#/account/${appId}`;
}

/** Carries a deed out; what is refused brings the window up at the account, which says why. */
export function createDeeds({ console, window, words, copies }: DeedParts): (deed: Deed) => Promise<void> {
  async function isWanted(appId: string): Promise<boolean> {
    const account = console.state().accounts.find((one) => one.appId === appId);
    if (!account || !asksFirst(account, Date.now())) return true;
    const { refresh } = words();
    const question = { ...refresh, message: refresh.message(account.name) };
    return isConfirmed(question, { type: 'question', default: 'cancel', window });
  }

  /** Where the page's own button copies. */
  function goToCopy(appId: string): void {
    const account = console.state().accounts.find((one) => one.appId === appId);
    const show = () => window.show(routeOf(appId));
    show();
    // Not before the click is answered: what sent it may be what shows notices, and waits for the answer.
    if (account) setImmediate(() => notify(words().notCopied(account.name), show));
  }

  return async (deed) => {
    switch (deed.do) {
      case 'quit':
        return app.quit();
      case 'show':
        return window.show();
      case 'open':
        return window.show(routeOf(deed.appId));
      default: {
        const { appId } = deed;
        if (deed.do === 'copy' && !copies) return goToCopy(appId);
        if (deed.do === 'refresh' && !(await isWanted(appId))) return;
        const answer = await console.execute(deed.do === 'copy' ? 'tokens.copy' : 'tokens.refresh', {
          appId,
        });
        if (!answer.ok) window.show(routeOf(appId));
      }
    }
  };
}
