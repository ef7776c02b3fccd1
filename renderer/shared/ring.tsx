import type { Phase } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { fractionLeft } from '../format.ts';
import classes from './ring.module.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'idle';

const WHOLE_LIFE_MS = 7200 * 1000;

/**
 * Where a token's ring is full: WeChat gives a token 7200 s, and the stable line hands one out with what is left
 * of them (developers.weixin.qq.com, getStableAccessToken).
 */
export function lifeStart(token: { readonly obtainedAt: number; readonly expiresAt: number }): number {
  return Math.min(token.obtainedAt, token.expiresAt - WHOLE_LIFE_MS);
}

/** Green while all goes well, amber where a live token will not be renewed by itself, red when it is dead. */
export function lifeTone(settled: Phase, isOver: boolean): Tone {
  if (isOver) return 'bad';
  if (settled === 'paused') return 'idle';
  return settled === 'live' || settled === 'new' ? 'ok' : 'warn';
}

interface RingProps {
  readonly from: number;
  readonly until: number;
  readonly tone: Tone;
  /** Pixels across. */
  readonly size: number;
  readonly stroke: number;
  readonly children?: React.ReactNode;
}

/** How much of a life is left, as a ring that runs out. Ornament: the figures say the same in words. */
export function Ring({ from, until, tone, size, stroke, children }: RingProps) {
  // Tenths of a percent: finer than a pixel at any size in use, so a long life does not redraw each second.
  const left = useNow((now) => Math.round(fractionLeft(from, until, now) * 1000) / 10);
  const radius = (size - stroke) / 2;
  const circle = { cx: size / 2, cy: size / 2, r: radius, fill: 'none', strokeWidth: stroke };
  return (
    <div className={classes.ring} data-tone={tone}>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        <circle {...circle} className={classes.track} />
        {left > 0 && (
          <circle
            {...circle}
            className={classes.left}
            pathLength={100}
            strokeDasharray={`${left} 100`}
            strokeLinecap="round"
            transform={`rotate(-90 ${size / 2} ${size / 2})`}
          />
        )}
      </svg>
      {children !== undefined && <div className={classes.middle}>{children}</div>}
    </div>
  );
}
