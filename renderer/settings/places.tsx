import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommandInput } from '../../electron/console/contract.ts';
import { hrefOf } from '../router.ts';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import { Row, Section } from './section.tsx';
import classes from './settings.module.css';
import { usePreferences } from './use-preference.ts';

/** How business servers get their tokens, and the way to their page. */
export function Servers() {
  const { t } = useTranslation();
  const gateway = useConsoleState((state) => state.gateway);
  const isManaged = usePreferences().managed.includes('gateway');
  return (
    <Section id="servers">
      <Row
        label={gateway ? t('servers.gatewayAt', { url: gateway.url }) : t('servers.gatewayOff')}
        hint={t('servers.settingText')}
        isManaged={isManaged}
      >
        <Button component="a" size="xs" variant="default" href={hrefOf({ screen: 'servers', query: '' })}>
          {t('servers.settingOpen')}
        </Button>
      </Row>
    </Section>
  );
}

/** Where secrets, data and logs lie. */
export function Places() {
  const { t } = useTranslation();
  const abilities = useConsoleState((state) => state.abilities);
  return (
    <Section id="places">
      <Vault />
      {abilities.includes('open-data-folder') && (
        <OpenRow what="data-folder" label={t('settings.dataFolder')} hint={t('settings.dataFolderHint')} />
      )}
      {abilities.includes('open-logs') && (
        <OpenRow what="logs" label={t('settings.logs')} hint={t('settings.logsHint')} />
      )}
    </Section>
  );
}

function Vault() {
  const { t } = useTranslation();
  const vault = useConsoleState((state) => state.vault);
  if (vault === null) return null;
  return (
    <Row
      label={t('settings.vault')}
      hint={
        <>
          {t('settings.vaultWhere', { kind: t(`vaultKind.${vault.kind}`) })} ·{' '}
          {t(`vaultStatus.${vault.status}`)}
        </>
      }
      below={
        <div className={classes.small}>
          <p>{t(`vaultKindText.${vault.kind}`)}</p>
          {vault.status !== 'ready' && <p>{t(`vaultStatusText.${vault.status}`)}</p>}
          {vault.detail !== null && <p className="mono">{vault.detail}</p>}
        </div>
      }
    />
  );
}

interface OpenRowProps {
  readonly what: CommandInput<'host.open'>['what'];
  readonly label: string;
  readonly hint: string;
}

/** Something the host can open in the system's own programs. */
export function OpenRow({ what, label, hint }: OpenRowProps) {
  const { t } = useTranslation();
  const { send, isBusy, error } = useSend('host.open');
  return (
    <Row label={label} hint={hint} error={error}>
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        aria-label={`${t('settings.open')}: ${label}`}
        onClick={() => void send({ what })}
      >
        {t('settings.open')}
      </Button>
    </Row>
  );
}
