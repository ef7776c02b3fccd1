/** The application as its carriers see it: commands in, answers and events out. */
import type { Answer, ConsoleEvent, StateView } from './contract.ts';

export interface Console {
  /** Carries out one command of the contract; input is checked here, nothing is thrown. */
  execute(command: string, input: unknown): Promise<Answer<unknown>>;
  /** Calls `listener` with the whole `state` at once, then with each change; returns how to stop. */
  listen(listener: (event: ConsoleEvent) => void): () => void;
  state(): StateView;
  /** Resolves when what hands tokens out is open; rejects when the command line asked for it and it cannot be. */
  readonly opened: Promise<void>;
  /** Looks at every deadline again: after sleep, a network change, a clock change. */
  lookAgain(): void;
  /** Ends timers and open writes; safe to call twice. Ends within 2 s. */
  close(): Promise<void>;
}

/** Puts a token on this system's clipboard and clears it later; only the desktop has one. */
export type CopyToken = (accessToken: string) => Promise<{ clearsAt: number }>;

/** Starts a demo beside the console; its address, or null when it was opened for the person. */
export type ShowDemo = () => Promise<string | null>;
