import type { Outcome } from '../../electron/console/contract.ts';

const COLOR: Readonly<Record<Outcome, string>> = {
  granted: 'var(--ok-mark)',
  refused: 'var(--bad-mark)',
  failed: 'var(--warn-mark)',
};
const SHAPE: Readonly<Record<Outcome, React.ReactNode>> = {
  granted: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  refused: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor" />,
  failed: <path d="M6 1.2 11.2 10.4H.8z" fill="currentColor" />,
};

/** An outcome in shape and colour; the word goes beside it. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  return (
    <svg width="10" height="10" viewBox="0 0 12 12" aria-hidden="true" style={{ color: COLOR[outcome] }}>
      {SHAPE[outcome]}
    </svg>
  );
}
