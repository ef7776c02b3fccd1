import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { chooseLanguage, languageChoice } from '../i18n.ts';
import { hrefOf } from '../router.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import classes from './settings.module.css';

/** Language, appearance, handing out, where secrets are, what this is. */
export default function Settings() {
  const { t } = useTranslation();
  return (
    <div className={classes.screen}>
      <PageHeading>{t('settings.title')}</PageHeading>
      <LanguageSetting />
      <ThemeSetting />
      <BusinessServers />
      <Vault />
      <About />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly title: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ title, value, choices, onChoose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <section className={classes.setting}>
      <h2 id={id}>{title}</h2>
      <SegmentedControl
        aria-labelledby={id}
        value={value}
        data={[...choices]}
        onChange={onChoose}
        className={classes.control ?? ''}
      />
    </section>
  );
}

function LanguageSetting() {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(languageChoice);
  return (
    <Choice
      title={t('settings.language')}
      value={choice}
      choices={[
        { value: 'system', label: t('settings.languageSystem') },
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
      onChoose={(value) => {
        setChoice(value);
        void chooseLanguage(value);
      }}
    />
  );
}

function ThemeSetting() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Choice
      title={t('settings.theme')}
      value={colorScheme}
      choices={[
        { value: 'auto', label: t('settings.themeSystem') },
        { value: 'light', label: t('settings.themeLight') },
        { value: 'dark', label: t('settings.themeDark') },
      ]}
      onChoose={setColorScheme}
    />
  );
}

function BusinessServers() {
  const { t } = useTranslation();
  const gateway = useConsoleState((state) => state.gateway);
  return (
    <section className={classes.setting}>
      <h2>{t('servers.setting')}</h2>
      <p>{gateway ? t('servers.gatewayAt', { url: gateway.url }) : t('servers.gatewayOff')}</p>
      <p className={classes.small}>{t('servers.settingText')}</p>
      <p>
        <a href={hrefOf({ screen: 'servers', query: '' })}>{t('servers.settingOpen')}</a>
      </p>
    </section>
  );
}

function Vault() {
  const { t } = useTranslation();
  const vault = useConsoleState((state) => state.vault);
  if (vault === null) return null;
  return (
    <section className={classes.setting}>
      <h2>{t('settings.vault')}</h2>
      <p>
        {t('settings.vaultWhere', { kind: t(`vaultKind.${vault.kind}`) })} ·{' '}
        {t(`vaultStatus.${vault.status}`)}
      </p>
      <p className={classes.small}>{t(`vaultKindText.${vault.kind}`)}</p>
      {vault.status !== 'ready' && <p className={classes.small}>{t(`vaultStatusText.${vault.status}`)}</p>}
      {vault.detail !== null && <p className={`mono ${classes.small}`}>{vault.detail}</p>}
    </section>
  );
}

function About() {
  const { t } = useTranslation();
  const { host } = useConsole();
  const version = useConsoleState((state) => state.version);
  return (
    <section className={classes.setting}>
      <h2>{t('settings.about')}</h2>
      <p>{t('settings.aboutText')}</p>
      <dl className={classes.facts}>
        <dt>{t('settings.version')}</dt>
        <dd>{version}</dd>
        <dt>{t('settings.host')}</dt>
        <dd>{t(host === 'desktop' ? 'settings.hostDesktop' : 'settings.hostBrowser')}</dd>
      </dl>
    </section>
  );
}
