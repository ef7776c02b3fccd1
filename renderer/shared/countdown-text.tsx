import { TimeLeft } from './time-left.tsx';

/** For `t(key, COUNTDOWN)`: leaves the place of the countdown standing. */
export const COUNTDOWN = { time: '{{time}}' };

interface CountdownTextProps {
  /** A sentence with `{{time}}` where the countdown goes; languages put it in different places. */
  readonly text: string;
  readonly until: number;
  readonly as: 'life' | 'wait';
}

/** A sentence with a running countdown in it. */
export function CountdownText({ text, until, as }: CountdownTextProps) {
  const [before = '', after = ''] = text.split(COUNTDOWN.time, 2);
  return (
    <span>
      {before}
      <TimeLeft until={until} as={as} />
      {after}
    </span>
  );
}
