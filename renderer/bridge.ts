/** The way to the console: the preload's object on the desktop, the same object over HTTP in a browser. */
import { createContext, use } from 'react';
import type { TokenConsole } from '../electron/console/contract.ts';
import { httpConsole, type SignIn, takeKeyFromAddress } from './http-console.ts';
import { inbox } from './inbox.ts';
import { takeEvents, takeLink } from './store.ts';

export interface Bridge {
  readonly console: TokenConsole;
  /** null on the desktop, where nobody signs in. */
  readonly signIn: ((key: string) => Promise<SignIn>) | null;
  readonly signOut: (() => Promise<void>) | null;
}

/** Opens the bridge and keeps the store up to date from then on. */
export function openBridge(): Bridge {
  if (window.tokenConsole) {
    window.tokenConsole.listen(inbox(takeEvents));
    return { console: window.tokenConsole, signIn: null, signOut: null };
  }
  const http = httpConsole();
  http.onLink(takeLink);
  const key = takeKeyFromAddress();
  // A key pasted into the address of an open page: begin again with it.
  window.addEventListener('hashchange', () => {
    if (/[#&]key=/.test(window.location.hash)) window.location.reload();
  });
  // A wrong key is no reason to stop here: a session may still be open, and the events will tell.
  const session = key === null ? Promise.resolve() : http.signIn(key);
  void session.then(() => http.listen(inbox(takeEvents)));
  return { console: http, signIn: http.signIn, signOut: http.signOut };
}

const BridgeContext = createContext<Bridge | null>(null);
export const BridgeProvider = BridgeContext.Provider;

/** The bridge of this page. */
export function useBridge(): Bridge {
  const bridge = use(BridgeContext);
  if (bridge === null) throw new Error('used outside of BridgeProvider');
  return bridge;
}

/** The console of this page. */
export function useConsole(): TokenConsole {
  return useBridge().console;
}
