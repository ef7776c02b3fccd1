/** The error-code catalogue, asked for once a page. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { ErrorEntry, HistoryRow, TokenConsole } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';

type CatalogueState =
  | { readonly status: 'none' | 'loading' | 'failed'; readonly entries: readonly ErrorEntry[] }
  | { readonly status: 'ready'; readonly entries: readonly ErrorEntry[] };

const useCatalogueState = create<CatalogueState>(() => ({ status: 'none', entries: [] }));

/** Asks for the catalogue unless it is here or on its way. */
async function loadCatalogue(tokenConsole: TokenConsole): Promise<void> {
  const { status } = useCatalogueState.getState();
  if (status === 'loading' || status === 'ready') return;
  useCatalogueState.setState({ status: 'loading' });
  const answer = await tokenConsole.commands['errors.list']({});
  useCatalogueState.setState(
    answer.ok ? { status: 'ready', entries: answer.value.entries } : { status: 'failed', entries: [] },
  );
}

export function useCatalogue(): CatalogueState {
  const tokenConsole = useConsole();
  useEffect(() => void loadCatalogue(tokenConsole), [tokenConsole]);
  return useCatalogueState();
}

/** What an attempt is listed under: WeChat's errcode, or the word its errmsg begins with; null when granted. */
export function codeOf(attempt: Pick<HistoryRow, 'outcome' | 'errcode' | 'errmsg'>): number | string | null {
  if (attempt.outcome === 'granted') return null;
  if (attempt.outcome === 'refused') return attempt.errcode;
  return attempt.errmsg?.match(/^[a-z-]+(?=:|$)/)?.[0] ?? null;
}

export function entryOf(entries: readonly ErrorEntry[], code: number | string | null): ErrorEntry | null {
  return entries.find((entry) => entry.code === code) ?? null;
}
