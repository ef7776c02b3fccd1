/** The application as its carriers see it: commands in, answers and events out. */
import type { Answer, ConsoleEvent, StateView } from './contract.ts';

export interface Console {
  /** Carries out one command of the contract; input is checked here, nothing is thrown. */
  execute(command: string, input: unknown): Promise<Answer<unknown>>;
  /** Calls `listener` with the whole `state` at once, then with each change; returns how to stop. */
  listen(listener: (event: ConsoleEvent) => void): () => void;
  state(): StateView;
  /** Resolves when the vault was read, or found shut, and what hands tokens out is open; rejects when the command line asked for it and it cannot be. */
  readonly opened: Promise<void>;
  /** Looks at every deadline again: after sleep, a network change, a clock change. */
  lookAgain(): void;
  /** The machine has a network again: what failed for want of one is tried now, before its back-off ends. */
  networkBack(): void;
  /** Ends timers and open writes; safe to call twice. Ends within 2 s. */
  close(): Promise<void>;
}
