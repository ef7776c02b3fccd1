import { useTranslation } from 'react-i18next';
import type { PlaceState } from '../../electron/console/contract.ts';
import { useAgo } from '../shared/ago.ts';
import { type MarkTone, StateMark } from './state-mark.tsx';
import { placeReason } from './words.ts';

const TONE: Readonly<Record<PlaceState['state'], MarkTone>> = {
  idle: 'idle',
  written: 'ok',
  waiting: 'warn',
  foreign: 'warn',
  failing: 'bad',
};

/** How a place stands, since when, and what a person can do about it. */
export function PlaceText({ place: { state, at, detail } }: { readonly place: PlaceState }) {
  const { t } = useTranslation();
  const ago = useAgo(at);
  const reason = placeReason(detail);
  const hasText = reason === null && (state === 'waiting' || state === 'foreign' || state === 'failing');
  return (
    <>
      <span>
        <StateMark tone={TONE[state]}>{t(`targets.state.${state}`)}</StateMark>
        {state === 'written' && at !== null && ` · ${ago}`}
      </span>
      {reason !== null && <span>{t(`targets.reason.${reason}`)}</span>}
      {hasText && <span>{t(`targets.stateText.${state}`)}</span>}
      {hasText && state === 'failing' && detail !== null && (
        <span>{t('servers.technical', { text: detail })}</span>
      )}
    </>
  );
}
