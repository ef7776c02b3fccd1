import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { timeText } from '../format.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { Note } from '../shared/note.tsx';
import type { Force } from './force-budget.ts';
import { useForce } from './use-force.ts';

interface ForceWordsProps {
  readonly force: Force;
  readonly onDrill: () => void;
}

/** What a forced refresh does, and what is left of WeChat's limits. */
export function ForceWords({ force, onDrill }: ForceWordsProps) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('refresh.force.text')}</p>
      <p>{t('refresh.force.effect')}</p>
      <ForceLimits force={force} wanted={1} />
      <p>{t('force.leaked')}</p>
      <div>
        <Button size="xs" variant="default" onClick={onDrill}>
          {t('account.drill')}
        </Button>
      </div>
    </>
  );
}

interface ForceLimitsProps {
  readonly force: Force;
  /** How many are going to be used. */
  readonly wanted: number;
}

/** What is left of the forced refreshes, and what has to be waited for. */
export function ForceLimits({ force, wanted }: ForceLimitsProps) {
  const { t } = useTranslation();
  const { left, enoughAt, freeAt } = useForce(force, wanted);
  const { perDay, gapSeconds } = force;
  if (enoughAt !== null) {
    const time = timeText(enoughAt, Date.now());
    return (
      <Note tone="warn">
        <p>{wanted > 1 ? t('drill.tooFew', { left, time }) : t('force.none', { perDay, time })}</p>
        <p>{t('force.counted')}</p>
      </Note>
    );
  }
  return (
    <>
      {wanted === 1 && (
        <>
          <p>{t('force.left', { left, perDay })}</p>
          <p>{t('force.counted')}</p>
        </>
      )}
      {freeAt !== null && (
        <Note tone="info">
          <CountdownText text={t('force.gap', { gap: gapSeconds, ...COUNTDOWN })} until={freeAt} as="wait" />
        </Note>
      )}
    </>
  );
}
