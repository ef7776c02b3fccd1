/** The console over HTTP: the same object the preload gives on the desktop, built in the page. */
import type { CommandName, ConsoleEvent, TokenConsole } from '../electron/console/contract.ts';
import type { LinkState } from './state.ts';

/** Longer than any attempt of the console takes: every wait ends. */
const ANSWER_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 3000;

export type SignIn = 'ok' | 'wrong-key' | 'too-many' | 'unreachable';

export interface HttpConsole extends TokenConsole {
  /** Exchanges the admin key for the session cookie; the key itself is kept nowhere. */
  signIn(key: string): Promise<SignIn>;
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

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
}

/** Builds the console; nothing is asked until `listen` or a command is called. */
export function httpConsole(): HttpConsole {
  const linkListeners = new Set<(link: LinkState) => void>();
  const setLink = (link: LinkState) => {
    for (const listener of linkListeners) listener(link);
  };
  let reconnect: (() => void) | undefined;

  async function ask(command: CommandName, input: unknown) {
    try {
      const response = await post(`/bridge/${command}`, input);
      if (response.status === 401) {
        setLink('signed-out');
        return failure('unauthorized', 'the session has ended');
      }
      return await response.json();
    } catch (fault) {
      return failure('unreachable', fault instanceof Error ? fault.message : String(fault));
    }
  }

  async function signIn(key: string): Promise<SignIn> {
    try {
      const response = await post('/session', {}, { authorization: `Bearer ${key}` });
      if (response.status === 401) return 'wrong-key';
      if (response.status === 429) return 'too-many';
      if (!response.ok) return 'unreachable';
    } catch {
      return 'unreachable';
    }
    reconnect?.();
    return 'ok';
  }

  function listen(listener: (event: ConsoleEvent) => void): () => void {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    // The browser reconnects by itself after a lost line, not after an answer it did not like: then a
    // command tells whether the session has ended (401) or the console is only restarting.
    async function onClosed(): Promise<void> {
      setLink('lost');
      const answer = await ask('state.get', {});
      if (!answer.ok && answer.error.code === 'unauthorized') return;
      timer = setTimeout(connect, LOOK_AGAIN_MS);
    }

    function connect(): void {
      clearTimeout(timer);
      source?.close();
      const opened = new EventSource('/bridge/events');
      opened.onmessage = (message) => listener(JSON.parse(message.data));
      opened.onerror = () => {
        if (source !== opened) return;
        if (opened.readyState === EventSource.CLOSED) void onClosed();
        else setLink('lost');
      };
      source = opened;
    }

    reconnect = connect;
    connect();
    return () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
      reconnect = undefined;
    };
  }

  const commands = Object.fromEntries(
    Object.keys(COMMANDS).map((name) => [name, (input: unknown) => ask(name as CommandName, input)]),
  ) as unknown as TokenConsole['commands'];
  return { host: 'browser', commands, listen, signIn, onLink: (listener) => linkListeners.add(listener) };
}
