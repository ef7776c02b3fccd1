import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { isProxyUrl, isSameWay, isUserTooLong, type ProxyDraft } from './proxy.ts';
import classes from './settings.module.css';
import { usePreferences } from './use-preference.ts';

interface ProxyFormProps {
  readonly draft: ProxyDraft;
  readonly onChange: (draft: ProxyDraft) => void;
  /** Whether an empty address is a fault yet: not before the first try. */
  readonly isChecked: boolean;
  readonly children: React.ReactNode;
}

const MODES = ['system', 'none', 'manual'] as const;

/** Which way calls to WeChat take; nothing is in force before it is saved. */
export function ProxyForm({ draft, onChange, isChecked, children }: ProxyFormProps) {
  const { t } = useTranslation();
  const { host } = useConsole();
  const system = host === 'desktop' ? 'system' : 'server';
  return (
    <div className={classes.form}>
      <SegmentedControl
        aria-label={t('network.proxy')}
        value={draft.mode}
        data={MODES.map((value) => ({ value, label: t(`network.mode.${value}`) }))}
        onChange={(mode) => onChange({ ...draft, mode })}
        className={classes.segments ?? ''}
      />
      {draft.mode === 'manual' ? (
        <ManualFields draft={draft} onChange={onChange} isChecked={isChecked} />
      ) : (
        <p className={classes.small}>
          {t(`network.modeText.${draft.mode === 'system' ? system : draft.mode}`)}
        </p>
      )}
      {children}
    </div>
  );
}

function ManualFields({ draft, onChange, isChecked }: Omit<ProxyFormProps, 'children'>) {
  const { t } = useTranslation();
  const { proxy } = usePreferences();
  const hasUser = draft.username.trim() !== '';
  const isUrlBad = (isChecked || draft.url.trim() !== '') && !isProxyUrl(draft.url.trim());
  const again = isSameWay(draft, proxy) ? 'network.passwordKept' : 'network.passwordAgain';
  return (
    <>
      <TextInput
        label={t('network.url')}
        description={t('network.urlHint')}
        value={draft.url}
        error={isUrlBad ? t('network.urlBad') : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, url: event.currentTarget.value })}
      />
      <div className={classes.two}>
        <TextInput
          label={t('network.user')}
          description={t('network.userHint')}
          value={draft.username}
          error={isUserTooLong(draft.username) ? t('network.userLong') : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...draft, username: event.currentTarget.value })}
        />
        {hasUser && (
          <PasswordInput
            label={t('network.password')}
            description={t(proxy.hasPassword ? again : 'network.passwordHint')}
            value={draft.password}
            autoComplete="new-password"
            spellCheck={false}
            visibilityToggleButtonProps={{ 'aria-label': t('token.reveal') }}
            onChange={(event) => onChange({ ...draft, password: event.currentTarget.value })}
          />
        )}
      </div>
    </>
  );
}
