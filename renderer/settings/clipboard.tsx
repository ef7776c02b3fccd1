import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { SelectRow } from './rows.tsx';
import { Section } from './section.tsx';
import { usePreference } from './use-preference.ts';

const SECONDS: readonly Preferences['clipboardSeconds'][] = [10, 20, 30, 60, 120, 300, null];

/** How long a copied token stays on the clipboard. */
export function Clipboard() {
  const { t } = useTranslation();
  const { host } = useConsole();
  const { value, save, errorAt } = usePreference('clipboardSeconds');
  const label = (seconds: number | null) => {
    if (seconds === null) return t('settings.clearNever');
    return seconds < 60
      ? t('settings.seconds', { value: seconds })
      : t('settings.minutes', { count: seconds / 60 });
  };
  return (
    <Section id="clipboard">
      <SelectRow
        label={t('settings.clear')}
        hint={
          <>
            {t('settings.clearHint')}
            {host === 'browser' && (
              <>
                <br />
                {t('settings.clearBrowser')}
              </>
            )}
          </>
        }
        value={value}
        choices={SECONDS.map((seconds) => ({ value: seconds, label: label(seconds) }))}
        error={errorAt()}
        onChange={(seconds) => save(() => seconds)}
      />
    </Section>
  );
}
