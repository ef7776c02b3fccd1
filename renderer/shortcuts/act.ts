/** Carries out what a key or the native menu asks for. */
import type { MenuId, TokenConsole } from '../../electron/console/contract.ts';
import { askRefresh } from '../refresh/flow.ts';
import { navigate, type Route } from '../router.ts';
import { useConsoleState } from '../store.ts';
import { openShortcuts } from './dialog-state.ts';

export interface Place {
  readonly tokenConsole: TokenConsole;
  readonly route: Route;
  readonly search: () => void;
}

/** The accounts in the order of the list. */
function appIds(): readonly string[] {
  return useConsoleState.getState().groups.flatMap((group) => group.appIds);
}

/** The account on the screen: its own, or the only one there is. */
function currentAccount(route: Route): string | null {
  if (route.screen === 'account') return route.appId;
  const all = appIds();
  return route.screen === 'home' && all.length === 1 ? (all[0] ?? null) : null;
}

/** The account `step` further in the list, round its ends; from elsewhere the first or the last. */
export function neighbour(all: readonly string[], current: string | null, step: 1 | -1): string | null {
  const at = current === null ? -1 : all.indexOf(current);
  if (at === -1) return (step === 1 ? all[0] : all.at(-1)) ?? null;
  return all[(at + step + all.length) % all.length] ?? null;
}

function goToNeighbour({ route }: Place, step: 1 | -1): void {
  const appId = neighbour(appIds(), currentAccount(route), step);
  if (appId !== null) navigate({ screen: 'account', appId });
}

function refresh({ tokenConsole, route }: Place): void {
  const current = currentAccount(route);
  if (current !== null) void askRefresh(tokenConsole, current);
}

function lock({ tokenConsole }: Place): void {
  if (useConsoleState.getState().shield?.hasPassphrase) void tokenConsole.commands['shield.lock']({});
}

// The button says in place that the token was copied, and when it leaves the clipboard.
function pressCopy(): void {
  document.querySelector<HTMLElement>('main [data-shortcut="copy"]')?.click();
}

const ACTS: Readonly<Record<MenuId, (place: Place) => void>> = {
  add: () => navigate({ screen: 'add' }),
  settings: () => navigate({ screen: 'settings' }),
  search: ({ search }) => search(),
  refresh,
  copy: pressCopy,
  'next-account': (place) => goToNeighbour(place, 1),
  'previous-account': (place) => goToNeighbour(place, -1),
  lock,
  shortcuts: openShortcuts,
};

/** Does what `id` names, where there is something to do it to. */
export function act(id: MenuId, place: Place): void {
  ACTS[id](place);
}
