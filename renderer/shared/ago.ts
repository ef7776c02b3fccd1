/** How long ago something was, to the minute: `刚刚`, `2 分钟前`. */
import { useTranslation } from 'react-i18next';
import { useNow } from '../clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the largest unit that fits once: `3 minutes ago`. */
export function agoOf(
  at: number,
  now: number,
): { readonly unit: 'now' | 'minutes' | 'hours' | 'days'; readonly count: number } {
  const since = Math.max(0, now - at);
  if (since < MINUTE) return { unit: 'now', count: 0 };
  if (since < HOUR) return { unit: 'minutes', count: Math.floor(since / MINUTE) };
  if (since < DAY) return { unit: 'hours', count: Math.floor(since / HOUR) };
  return { unit: 'days', count: Math.floor(since / DAY) };
}

/** `3 minutes ago` in the page's language; changes by the minute, not by the second. */
export function useAgo(at: number | null): string {
  const { t } = useTranslation();
  return useNow((now) => {
    if (at === null) return '';
    const { unit, count } = agoOf(at, now);
    return unit === 'now' ? t('ago.now') : t(`ago.${unit}`, { count });
  });
}
