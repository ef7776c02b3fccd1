import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryRow } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { useConsoleState } from '../store.ts';
import { filterOf, matches, pageInput } from './filter.ts';

const PAGE_ROWS = 100;

interface Pages {
  readonly rows: readonly HistoryRow[];
  readonly cursor: string | null;
  readonly status: 'reading' | 'ready' | 'failed';
}

const NONE: Pages = { rows: [], cursor: null, status: 'reading' };

/** The history under the filter of `query`, page by page, with what arrives meanwhile on top. */
export function usePages(query: string) {
  const tokenConsole = useConsole();
  const epoch = useConsoleState((state) => state.epoch);
  const live = useConsoleState((state) => state.liveRows);
  const filter = useMemo(() => filterOf(query), [query]);
  const [pages, setPages] = useState<Pages>(NONE);
  // Answers to an older question are dropped.
  const asked = useRef(0);

  const read = useCallback(
    async (cursor: string | null) => {
      asked.current += 1;
      const mine = asked.current;
      setPages((before) => ({ ...(cursor === null ? NONE : before), status: 'reading' }));
      const answer = await tokenConsole.commands['history.query'](
        pageInput(filter, Date.now(), PAGE_ROWS, cursor),
      );
      if (mine !== asked.current) return;
      setPages((before) =>
        answer.ok
          ? { rows: [...before.rows, ...answer.value.rows], cursor: answer.value.nextCursor, status: 'ready' }
          : { ...before, status: 'failed' },
      );
    },
    [tokenConsole, filter],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch means events may have been missed
  useEffect(() => void read(null), [read, epoch]);

  const rows = useMemo(() => {
    // What arrived while the page was open is no beginning of a history: the list would shrink a moment later.
    if (pages.status === 'reading' && pages.rows.length === 0) return pages.rows;
    const newest = pages.rows[0]?.id ?? 0;
    const added = live.filter((row) => row.id > newest && matches(filter, row));
    return added.length === 0 ? pages.rows : [...added, ...pages.rows];
  }, [pages, live, filter]);

  return {
    filter,
    rows,
    status: pages.status,
    hasMore: pages.cursor !== null,
    readMore: () => {
      if (pages.cursor !== null && pages.status !== 'reading') void read(pages.cursor);
    },
    readAgain: () => void read(null),
  };
}
