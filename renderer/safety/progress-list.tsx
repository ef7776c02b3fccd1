import classes from './progress-list.module.css';

export interface ProgressStep {
  readonly id: string;
  readonly state: 'done' | 'now' | 'next' | 'stopped';
  readonly label: string;
  /** The state in a word, or more than a word. */
  readonly word: React.ReactNode;
}

const SHAPE: Readonly<Record<ProgressStep['state'], React.ReactNode>> = {
  done: <path d="M2 6.4 4.8 9 10 3.2" fill="none" stroke="currentColor" strokeWidth="2" />,
  now: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  next: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  stopped: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />,
};

/** What is done, under way and still to come, each in shape, colour and word. */
export function ProgressList({
  label,
  steps,
}: {
  readonly label: string;
  readonly steps: readonly ProgressStep[];
}) {
  return (
    <ol className={classes.list} aria-label={label}>
      {steps.map((step) => (
        <li key={step.id} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <svg width="14" height="14" viewBox="0 0 12 12" aria-hidden="true">
            {SHAPE[step.state]}
          </svg>
          <span className={classes.text}>
            <span>{step.label}</span>
            <span className={classes.word}>{step.word}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
