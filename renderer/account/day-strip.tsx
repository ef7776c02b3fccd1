import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryRow, Trigger } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { durationText, timeText } from '../format.ts';
import { codeOf } from '../shared/catalogue.ts';
import classes from './day-strip.module.css';

const DAY_MS = 24 * 3600 * 1000;
const NO_REQUEST: ReadonlySet<Trigger> = new Set<Trigger>(['reveal', 'copy', 'verify']);

/** Oldest first, requests for a token only, of the 24 hours before `now`. */
export function attemptsOfDay(rows: readonly HistoryRow[], now: number): readonly HistoryRow[] {
  return rows.filter((row) => !NO_REQUEST.has(row.trigger) && row.at > now - DAY_MS).toReversed();
}

/** The last day, one bar an attempt where it happened: colour and height are the outcome. */
export function DayStrip({ rows }: { readonly rows: readonly HistoryRow[] }) {
  const { t } = useTranslation();
  const id = useId();
  const minute = useNow((now) => Math.ceil(now / 60_000) * 60_000);
  const attempts = useMemo(() => attemptsOfDay(rows, minute), [rows, minute]);
  const [chosen, setChosen] = useState<number | null>(null);
  const active = attempts.findIndex((row) => row.id === chosen);
  const summarize = useSummary();
  const granted = attempts.filter((row) => row.outcome === 'granted').length;
  const shown = attempts[active];

  const onKeyDown = (event: React.KeyboardEvent) => {
    const last = attempts.length - 1;
    const from = active === -1 ? last + 1 : active;
    const to: Record<string, number> = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last };
    const target = to[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setChosen(attempts[Math.min(last, Math.max(0, target))]?.id ?? null);
  };

  return (
    <section className={classes.strip} aria-labelledby={`${id}-title`}>
      <div className={classes.head}>
        <h2 id={`${id}-title`}>{t('strip.title')}</h2>
        <p className={classes.said}>
          {shown && summarize(shown)}
          {!shown && attempts.length === 0 && t('strip.none')}
          {!shown && attempts.length > 0 && t('strip.summary', { granted, other: attempts.length - granted })}
        </p>
      </div>
      <div
        role="listbox"
        aria-label={`${t('strip.title')}. ${t('strip.hint')}`}
        aria-orientation="horizontal"
        aria-activedescendant={shown ? `${id}-${shown.id}` : undefined}
        tabIndex={0}
        className={classes.bars}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setChosen(null)}
        onBlur={() => setChosen(null)}
      >
        {attempts.map((row) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus, and names the active option
          <div
            key={row.id}
            id={`${id}-${row.id}`}
            role="option"
            aria-selected={row.id === chosen}
            aria-label={summarize(row)}
            className={classes.bar}
            data-outcome={row.outcome}
            style={{ left: `${(100 * (row.at - (minute - DAY_MS))) / DAY_MS}%` }}
            onMouseEnter={() => setChosen(row.id)}
          />
        ))}
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span>{t('strip.from')}</span>
        <span>{t('strip.to')}</span>
      </div>
    </section>
  );
}

/** One line about a row: when, why, how it ended. */
function useSummary(): (row: HistoryRow) => string {
  const { t } = useTranslation();
  return (row) => {
    const code = codeOf(row);
    const parts = [
      timeText(row.at, Date.now()),
      t(`trigger.${row.trigger}`),
      t(`outcome.${row.outcome}`),
      code === null ? null : String(code),
      row.expiresIn === null ? null : `${row.expiresIn} s`,
      durationText(row.durationMs),
    ];
    return parts.filter(Boolean).join(' · ');
  };
}
