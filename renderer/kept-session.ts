/**
 * The session of this page, which the console gave for the admin key. It is kept in localStorage: that belongs to the
 * page's origin, port included, so that no other server of the same host is sent it or can read it, as it could a
 * cookie. A second tab and a browser that was closed go on with it; in sessionStorage each would ask for the key.
 */
const KEY = 'token-console.session';

export interface KeptSession {
  get(): string | null;
  /** null: signed out. Every other tab of this origin hears of it. */
  set(session: string | null): void;
  /** Calls `listener` when another tab has signed in or out. */
  onChange(listener: () => void): void;
}

export function keptSession(): KeptSession {
  return {
    get: () => window.localStorage.getItem(KEY),
    set(session) {
      if (session === null) window.localStorage.removeItem(KEY);
      else window.localStorage.setItem(KEY, session);
    },
    onChange(listener) {
      // `key` is null when everything was cleared.
      window.addEventListener('storage', ({ key }) => {
        if (key === KEY || key === null) listener();
      });
    },
  };
}
