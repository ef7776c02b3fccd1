import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConsoleState } from '../store.ts';

/** Says changes of phase to a screen reader, politely; never the seconds. */
export function Announcer() {
  const { t } = useTranslation();
  const announcement = useConsoleState((state) => state.announcement);
  const name = useConsoleState((state) => state.accounts[announcement?.appId ?? '']?.name);
  const text = announcement && name ? t('announce', { name, phase: t(`phase.${announcement.phase}`) }) : '';
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {text}
    </VisuallyHidden>
  );
}
