/** The console over HTTP: the same object the preload gives on the desktop, built in the page. */
import type { CommandName, ConsoleEvent, TokenConsole } from '../electron/console/contract.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { keptSession } from './kept-session.ts';
import type { LinkState } from './state.ts';

/** Longer than any attempt of the console takes: every wait ends. */
const ANSWER_WITHIN_MS = 60_000;
/** A file of thousands of accounts, each of whose secrets goes into a keychain. */
const IMPORTED_WITHIN_MS = 10 * 60_000;

export type SignIn = 'ok' | 'wrong-key' | 'too-many' | 'unreachable';

export interface HttpConsole extends TokenConsole {
  /** Exchanges the admin key for a session, which is kept; the key itself is kept nowhere. */
  signIn(key: string): Promise<SignIn>;
  /** Ends the session here and in every other tab. */
  signOut(): Promise<void>;
  /** Tells how the connection stands, whenever that changes. */
  onLink(listener: (link: LinkState) => void): void;
}

// One entry a command; the compiler keeps the list complete.
const COMMANDS: Readonly<Record<CommandName, true>> = {
  'state.get': true,
  'accounts.add': true,
  'accounts.update': true,
  'accounts.setSecret': true,
  'accounts.remove': true,
  'tokens.refresh': true,
  'tokens.drill': true,
  'tokens.reveal': true,
  'tokens.copy': true,
  'tokens.verify': true,
  'history.query': true,
  'clients.create': true,
  'clients.list': true,
  'clients.revoke': true,
  'handout.get': true,
  'handout.setGateway': true,
  'handout.setRedis': true,
  'handout.setAccount': true,
  'accounts.export': true,
  'accounts.import': true,
  'preferences.set': true,
  'network.setProxy': true,
  'network.test': true,
  'shield.lock': true,
  'shield.unlock': true,
  'shield.setPassphrase': true,
  'notices.takeNote': true,
  'updates.check': true,
  'updates.install': true,
  'diagnostics.get': true,
  'host.open': true,
  'demo.open': true,
  'errors.list': true,
};

/** The admin key in what a person pasted: the key itself, or the address with `#key=…`; null when empty. */
export function keyIn(pasted: string): string | null {
  const text = pasted.trim();
  const hash = text.indexOf('#');
  if (hash === -1) return text === '' ? null : text;
  return new URLSearchParams(text.slice(hash + 1)).get('key') || null;
}

/** Takes the admin key out of the address bar, so that it is not in a bookmark, a screenshot or the history. */
export function takeKeyFromAddress(): string | null {
  if (!/[#&]key=/.test(window.location.hash)) return null;
  const key = keyIn(window.location.hash);
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
  return key;
}

function failure(code: 'unauthorized' | 'unreachable', message: string) {
  return { ok: false, error: { code, message } } as const;
}

/** Nothing but the header says who asks: what the browser would add by itself is left out. */
function send(method: string, path: string, bearer: string, more: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}`, ...more.headers };
  return fetch(path, { method, ...more, headers, credentials: 'omit', cache: 'no-store' });
}

function post(path: string, bearer: string, body: unknown, withinMs = ANSWER_WITHIN_MS): Promise<Response> {
  return send('POST', path, bearer, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(withinMs),
  });
}

/** Builds the console; nothing is asked until `listen` or a command is called. */
export function httpConsole(): HttpConsole {
  const kept = keptSession();
  const linkListeners = new Set<(link: LinkState) => void>();
  const setLink = (link: LinkState) => {
    for (const listener of linkListeners) listener(link);
  };
  let stream: EventStream | undefined;

  /** Asks with the session; null, and signed out, when there is none any more. */
  async function withSession(ask: (session: string) => Promise<Response>): Promise<Response | null> {
    let session = kept.get();
    while (session !== null) {
      const response = await ask(session);
      // 429: so many wrong keys were tried that an ended session has to wait like one.
      if (response.status !== 401 && response.status !== 429) return response;
      // Another tab may have signed in meanwhile.
      if (kept.get() === session) kept.set(null);
      session = kept.get();
    }
    setLink('signed-out');
    return null;
  }

  async function ask(command: CommandName, input: unknown) {
    const withinMs = command === 'accounts.import' ? IMPORTED_WITHIN_MS : ANSWER_WITHIN_MS;
    try {
      const response = await withSession((session) => post(`/bridge/${command}`, session, input, withinMs));
      return response === null ? failure('unauthorized', 'the session has ended') : await response.json();
    } catch (fault) {
      return failure('unreachable', fault instanceof Error ? fault.message : String(fault));
    }
  }

  async function signIn(key: string): Promise<SignIn> {
    // Nothing else can be in a header; fetch would throw as if the console were gone.
    if (!/^[\x21-\x7e]+$/.test(key)) return 'wrong-key';
    try {
      const response = await post('/session', key, {});
      if (response.status === 401) return 'wrong-key';
      if (response.status === 429) return 'too-many';
      if (!response.ok) return 'unreachable';
      kept.set((await response.json()).value.session);
    } catch {
      return 'unreachable';
    }
    stream?.again();
    return 'ok';
  }

  async function signOut(): Promise<void> {
    const session = kept.get();
    kept.set(null);
    setLink('signed-out');
    stream?.again();
    // Unreachable: nobody knows the session any more, and it ends by itself.
    if (session !== null) await send('DELETE', '/session', session).catch(() => undefined);
  }

  async function askForEvents(signal: AbortSignal) {
    const response = await withSession((session) => send('GET', '/bridge/events', session, { signal }));
    if (response === null) return null;
    if (!response.ok || response.body === null) throw new Error(`no events: ${response.status}`);
    return response.body;
  }

  function listen(listener: (event: ConsoleEvent) => void): () => void {
    stream = openEventStream({
      ask: askForEvents,
      message: (data) => listener(JSON.parse(data)),
      lost: () => setLink('lost'),
    });
    return () => {
      stream?.stop();
      stream = undefined;
    };
  }

  kept.onChange(() => {
    if (kept.get() === null) setLink('signed-out');
    stream?.again();
  });
  const commands = Object.fromEntries(
    Object.keys(COMMANDS).map((name) => [name, (input: unknown) => ask(name as CommandName, input)]),
  ) as unknown as TokenConsole['commands'];
  const onLink = (listener: (link: LinkState) => void) => void linkListeners.add(listener);
  return { host: 'browser', commands, listen, signIn, signOut, onLink };
}
