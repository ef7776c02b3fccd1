import { useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { chooseLanguage, languageChoice } from '../i18n.ts';
import { useConsoleState } from '../store.ts';
import { type Choice, SegmentsRow, SwitchRow } from './rows.tsx';
import { Section } from './section.tsx';
import { usePreference, usePreferences } from './use-preference.ts';

/** Language, appearance, and when the app runs. */
export function General() {
  const { host } = useConsole();
  const abilities = useConsoleState((state) => state.abilities);
  return (
    <Section id="general">
      {host === 'desktop' ? <DesktopLanguage /> : <BrowserLanguage />}
      {host === 'desktop' ? <DesktopTheme /> : <BrowserTheme />}
      {abilities.includes('background') && <OnOff name="keepRunning" />}
      {abilities.includes('login') && <OnOff name="startAtLogin" />}
    </Section>
  );
}

function useLanguages(): readonly Choice<'system' | 'zh' | 'en'>[] {
  const { t } = useTranslation();
  return [
    { value: 'system', label: t('settings.languageSystem') },
    { value: 'zh', label: '中文' },
    { value: 'en', label: 'English' },
  ];
}

function DesktopLanguage() {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference('language');
  return (
    <SegmentsRow
      label={t('settings.language')}
      value={value}
      choices={useLanguages()}
      isManaged={usePreferences().managed.includes('language')}
      error={errorAt()}
      onChange={(language) => save(() => language)}
    />
  );
}

/** A browser keeps its own language, unless the administrators have settled one for all. */
function BrowserLanguage() {
  const { t } = useTranslation();
  const { values, managed } = usePreferences();
  const [choice, setChoice] = useState(languageChoice);
  const isManaged = managed.includes('language');
  return (
    <SegmentsRow
      label={t('settings.language')}
      hint={isManaged ? undefined : t('settings.thisBrowser')}
      value={isManaged ? values.language : choice}
      choices={useLanguages()}
      isManaged={isManaged}
      onChange={(value) => {
        setChoice(value);
        void chooseLanguage(value);
      }}
    />
  );
}

function useThemes(): readonly Choice<'auto' | 'light' | 'dark'>[] {
  const { t } = useTranslation();
  return [
    { value: 'auto', label: t('settings.themeSystem') },
    { value: 'light', label: t('settings.themeLight') },
    { value: 'dark', label: t('settings.themeDark') },
  ];
}

function DesktopTheme() {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference('theme');
  return (
    <SegmentsRow
      label={t('settings.theme')}
      value={value}
      choices={useThemes()}
      error={errorAt()}
      onChange={(theme) => save(() => theme)}
    />
  );
}

function BrowserTheme() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentsRow
      label={t('settings.theme')}
      hint={t('settings.thisBrowser')}
      value={colorScheme}
      choices={useThemes()}
      onChange={setColorScheme}
    />
  );
}

const HINT = {
  keepRunning: 'settings.keepRunningHint',
  startAtLogin: 'settings.startAtLoginHint',
} as const;
const LABEL = { keepRunning: 'settings.keepRunning', startAtLogin: 'settings.startAtLogin' } as const;

function OnOff({ name }: { readonly name: 'keepRunning' | 'startAtLogin' }) {
  const { t } = useTranslation();
  const { value, save, errorAt } = usePreference(name);
  return (
    <SwitchRow
      label={t(LABEL[name])}
      hint={t(HINT[name])}
      value={value}
      error={errorAt()}
      onChange={(isOn) => save(() => isOn)}
    />
  );
}
