/** Refreshes a person asked for: which wait for a yes, which are under way, and how the last one ended. */
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { CommandError, TokenConsole } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { useConsoleState } from '../store.ts';
import { planRefresh, type RefreshPlan } from './plan.ts';

export type RefreshResult =
  | { readonly kind: 'new-token' | 'same-token' }
  | { readonly kind: 'not-done'; readonly error: CommandError };

interface RefreshState {
  readonly question: { readonly appId: string; readonly plan: RefreshPlan } | null;
  /** When each refresh under way was asked for, ms. */
  readonly running: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, RefreshResult>>;
}

export const useRefreshState = create<RefreshState>(() => ({ question: null, running: {}, results: {} }));

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

/** Refreshes `appId`; a confirmation comes first where it does more than a person may expect. */
export async function askRefresh(tokenConsole: TokenConsole, appId: string, force = false): Promise<void> {
  const { accounts, runs } = useConsoleState.getState();
  const account = accounts[appId];
  if (!account) return;
  const plan = planRefresh(account, runs[appId]?.settled ?? account.phase, force, Date.now());
  if (plan.doubt === null) await carryOut(tokenConsole, appId, plan.force);
  else useRefreshState.setState({ question: { appId, plan } });
}

/** The person's answer to the question. */
export async function answerQuestion(tokenConsole: TokenConsole, yes: boolean): Promise<void> {
  const { question } = useRefreshState.getState();
  useRefreshState.setState({ question: null });
  if (yes && question) await carryOut(tokenConsole, question.appId, question.plan.force);
}

async function carryOut(tokenConsole: TokenConsole, appId: string, force: boolean): Promise<void> {
  if (useRefreshState.getState().running[appId] !== undefined) return;
  const before = useConsoleState.getState().accounts[appId]?.token?.fingerprint;
  useRefreshState.setState((state) => ({
    running: { ...state.running, [appId]: Date.now() },
    results: without(state.results, appId),
  }));
  const answer = await tokenConsole.commands['tokens.refresh']({ appId, ...(force && { force }) });
  let result: RefreshResult | null = null;
  if (!answer.ok) result = { kind: 'not-done', error: answer.error };
  else if (answer.value.lastAttempt?.outcome === 'granted') {
    result = { kind: answer.value.token?.fingerprint === before ? 'same-token' : 'new-token' };
  }
  useRefreshState.setState((state) => ({
    running: without(state.running, appId),
    results: result === null ? state.results : { ...state.results, [appId]: result },
  }));
}

/** Forgets how the last refresh ended; for leaving its screen. */
export function forgetResult(appId: string): void {
  useRefreshState.setState((state) => ({ results: without(state.results, appId) }));
}

/** `askRefresh` with this page's console. */
export function useAskRefresh(): (appId: string, force?: boolean) => Promise<void> {
  const tokenConsole = useConsole();
  return (appId, force) => askRefresh(tokenConsole, appId, force);
}

/** Since when an attempt for `appId` is under way, whoever asked for it; null when none is. */
export function useRefreshingSince(appId: string): number | null {
  const asked = useRefreshState((state) => state.running[appId] ?? null);
  const seen = useConsoleState((state) => state.runs[appId]?.refreshingSince ?? null);
  return asked ?? seen;
}

const WORTH_SHOWING_MS = 400;

/** True once `since` is 400 ms ago: what is quicker needs no sign that it runs. */
export function useIsLong(since: number | null): boolean {
  const [long, setLong] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setLong(since), since + WORTH_SHOWING_MS - Date.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && long === since;
}
