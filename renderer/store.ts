/** The page's one store: the console's state as its events tell it, by AppID. */
import { create } from 'zustand';
import type { AccountView, ConsoleEvent, Phase } from '../electron/console/contract.ts';
import { type ConsoleState, initialState, type LinkState, reduce } from './state.ts';

export const useConsoleState = create<ConsoleState>(() => initialState);

/** Takes events of the console into the store, in their order. */
export function takeEvents(events: readonly ConsoleEvent[]): void {
  useConsoleState.setState((state) => reduce(state, events, Date.now()));
}

/** Notes how the connection to the console stands. */
export function takeLink(link: LinkState): void {
  useConsoleState.setState({ link });
}

/** One account; re-renders only when that account changes. */
export function useAccount(appId: string): AccountView | undefined {
  return useConsoleState((state) => state.accounts[appId]);
}

/** The phase before the attempt under way, if one is; else the phase. */
export function useSettledPhase(appId: string): Phase {
  return useConsoleState((state) => state.runs[appId]?.settled ?? 'new');
}

export function useAccountCount(): number {
  return useConsoleState((state) => Object.keys(state.accounts).length);
}
