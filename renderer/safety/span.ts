/** Lengths of time in words: `5 分 12 秒`, `2 h 5 min`. */
import { useTranslation } from 'react-i18next';

export type SpanUnit = 'days' | 'hours' | 'minutes' | 'seconds';

export interface SpanPart {
  readonly unit: SpanUnit;
  readonly value: number;
}

const UNITS: readonly { readonly unit: SpanUnit; readonly seconds: number }[] = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3600 },
  { unit: 'minutes', seconds: 60 },
  { unit: 'seconds', seconds: 1 },
];

/** The largest unit of `seconds` and the one below it, without zeros; never empty. */
export function spanParts(seconds: number): readonly SpanPart[] {
  const whole = Math.floor(Math.abs(seconds));
  const first = UNITS.findIndex((one) => one.seconds <= whole);
  if (first === -1) return [{ unit: 'seconds', value: 0 }];
  let rest = whole;
  return UNITS.slice(first, first + 2)
    .map(({ unit, seconds: size }) => {
      const value = Math.floor(rest / size);
      rest %= size;
      return { unit, value };
    })
    .filter((part) => part.value > 0);
}

/** `spanParts` in the page's language. */
export function useSpanText(): (seconds: number) => string {
  const { t } = useTranslation();
  return (seconds) =>
    spanParts(seconds)
      .map(({ unit, value }) => t(`span.${unit}`, { value }))
      .join(' ');
}
