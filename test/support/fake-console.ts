/** A console without an application behind it: answers what it is told and lets a test announce events. */
import type { Console } from '../../electron/console/console.ts';
import type { Answer, ConsoleEvent, StateView } from '../../electron/console/contract.ts';
import { DEFAULT_PREFERENCES } from '../../electron/console/preferences.ts';

export const emptyState: StateView = {
  accounts: [],
  vault: { kind: 'memory', status: 'ready', detail: null },
  gateway: null,
  version: '0.0.0-test',
  notices: [],
  preferences: {
    values: DEFAULT_PREFERENCES,
    proxy: { settings: { mode: 'system' }, hasPassword: false },
    managed: [],
  },
  abilities: [],
  shield: { isLocked: false, hasPassphrase: false, system: false, until: null },
  update: { state: 'off', version: null, percent: null, at: null, detail: null },
};

export interface FakeConsole extends Console {
  readonly executed: { command: string; input: unknown }[];
  readonly listeners: number;
  readonly lookedAgain: number;
  /** How often it was told that the network is back. */
  readonly networkBacks: number;
  readonly closed: boolean;
  announce(event: ConsoleEvent): void;
}

type Execute = (command: string, input: unknown) => Promise<Answer<unknown>>;

/** `execute` answers in place of the default, which echoes what came in; `state` is what it begins with. */
export function fakeConsole(
  execute: Execute = async (command, input) => ({ ok: true, value: { command, input } }),
  state: StateView = emptyState,
): FakeConsole {
  const executed: { command: string; input: unknown }[] = [];
  const listeners = new Set<(event: ConsoleEvent) => void>();
  let lookedAgain = 0;
  let networkBacks = 0;
  let closed = false;
  return {
    executed,
    get listeners() {
      return listeners.size;
    },
    get lookedAgain() {
      return lookedAgain;
    },
    get networkBacks() {
      return networkBacks;
    },
    get closed() {
      return closed;
    },
    execute(command, input) {
      executed.push({ command, input });
      return execute(command, input);
    },
    listen(listener) {
      listeners.add(listener);
      listener({ type: 'state', state });
      return () => listeners.delete(listener);
    },
    state: () => state,
    opened: Promise.resolve(),
    lookAgain() {
      lookedAgain += 1;
    },
    networkBack() {
      networkBacks += 1;
    },
    async close() {
      closed = true;
    },
    announce(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
