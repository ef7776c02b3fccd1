import type { Phase } from '../../electron/console/contract.ts';
import type { Tone } from './ring.tsx';

export const PHASE_TONE: Readonly<Record<Phase, Tone>> = {
  new: 'idle',
  refreshing: 'info',
  live: 'ok',
  retrying: 'warn',
  'awaiting-admin': 'warn',
  refused: 'bad',
  'needs-attention': 'bad',
  paused: 'idle',
};

// A shape for each phase, on a 12 by 12 grid: colour never stands alone.
const SHAPE: Readonly<Record<Phase, React.ReactNode>> = {
  new: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
  refreshing: (
    <path d="M6 2a4 4 0 1 1-4 4" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
  ),
  live: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  retrying: <path d="M6 1 11.4 10.6H.6z" fill="currentColor" />,
  'awaiting-admin': (
    <>
      <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  refused: <path d="M3.6.8h4.8l2.8 2.8v4.8l-2.8 2.8H3.6L.8 8.4V3.6z" fill="currentColor" />,
  'needs-attention': <path d="M6 .4 11.6 6 6 11.6.4 6z" fill="currentColor" />,
  paused: <path d="M2.5 1.5h2.4v9H2.5zM7.1 1.5h2.4v9H7.1z" fill="currentColor" />,
};

/** The dot of a phase: shape and colour. The word goes beside it. */
export function PhaseMark({ phase, size = 12 }: { readonly phase: Phase; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      style={{ color: `var(--${PHASE_TONE[phase]}-mark)`, flex: 'none' }}
    >
      {SHAPE[phase]}
    </svg>
  );
}
