import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countdownText, secondsLeft } from '../format.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { Note } from '../shared/note.tsx';

/** How long no passphrase is heard: shown by the second, said aloud once. */
export function WaitNote({ until }: { readonly until: number }) {
  const { t } = useTranslation();
  const [since] = useState(Date.now);
  const time = countdownText(secondsLeft(until, since));
  return (
    <Note tone="warn">
      <span aria-hidden="true">
        <CountdownText text={t('lock.wait', COUNTDOWN)} until={until} as="wait" />
      </span>
      <VisuallyHidden role="status">{t('lock.wait', { time })}</VisuallyHidden>
    </Note>
  );
}
