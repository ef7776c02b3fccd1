import { useCallback, useEffect, useMemo, useState } from 'react';
import type { HistoryRow } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { useConsoleState } from '../store.ts';

const DAY_MS = 24 * 3600 * 1000;
const MAX_ROWS = 500;

export interface RecentHistory {
  /** Newest first; null until read. */
  readonly rows: readonly HistoryRow[] | null;
  readonly hasFailed: boolean;
  readonly readAgain: () => void;
}

/** The last 24 hours of one account, with what happens meanwhile. */
export function useRecentHistory(appId: string): RecentHistory {
  const tokenConsole = useConsole();
  const epoch = useConsoleState((state) => state.epoch);
  const live = useConsoleState((state) => state.liveRows);
  const [read, setRead] = useState<readonly HistoryRow[] | null>(null);
  const [hasFailed, setFailed] = useState(false);

  const readAgain = useCallback(async () => {
    const answer = await tokenConsole.commands['history.query']({
      appId,
      from: Date.now() - DAY_MS,
      limit: MAX_ROWS,
    });
    setFailed(!answer.ok);
    if (answer.ok) setRead(answer.value.rows);
  }, [tokenConsole, appId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch means events may have been missed
  useEffect(() => void readAgain(), [readAgain, epoch]);

  const rows = useMemo(() => (read === null ? null : withLive(read, live, appId)), [read, live, appId]);
  return { rows, hasFailed, readAgain: () => void readAgain() };
}

function withLive(read: readonly HistoryRow[], live: readonly HistoryRow[], appId: string) {
  const newest = read[0]?.id ?? 0;
  return [...live.filter((row) => row.appId === appId && row.id > newest), ...read];
}
