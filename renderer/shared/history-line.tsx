import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../electron/console/contract.ts';
import { durationText, exactTime, timeText } from '../format.ts';
import { AttemptDetails } from '../guidance/attempt-details.tsx';
import { codeOf } from './catalogue.ts';
import classes from './history-line.module.css';
import { OutcomeMark } from './outcome-mark.tsx';

interface HistoryLineProps {
  readonly row: HistoryRow;
  readonly account: { readonly appId: string; readonly name: string };
  /** Shown where rows of several accounts stand together. */
  readonly hasName?: boolean;
}

/** One row of the history; opens to everything known of it. */
export function HistoryLine({ row, account, hasName = false }: HistoryLineProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const code = codeOf(row);
  return (
    <div className={classes.row}>
      <button
        type="button"
        className={classes.line}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        data-named={hasName || undefined}
      >
        <span className={classes.time} title={exactTime(row.at)}>
          {timeText(row.at, Date.now())}
        </span>
        {hasName && <span className={classes.name}>{account.name}</span>}
        <span className={classes.trigger}>{t(`trigger.${row.trigger}`)}</span>
        <span className={classes.outcome}>
          <OutcomeMark outcome={row.outcome} /> {t(`outcome.${row.outcome}`)}
          {code !== null && <span className={classes.code}> {code}</span>}
        </span>
        <span className={classes.result}>{row.expiresIn === null ? '' : `${row.expiresIn} s`}</span>
        <span className={classes.duration}>{durationText(row.durationMs)}</span>
      </button>
      {isOpen && (
        <div className={classes.open}>
          <AttemptDetails attempt={row} account={account} />
        </div>
      )}
    </div>
  );
}
