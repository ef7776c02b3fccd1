import { ActionIcon, Button, type ButtonProps, Loader, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../clock.ts';
import { IconRefresh } from '../shared/icons.ts';
import { useAskRefresh, useIsLong, useRefreshingSince } from './flow.ts';

interface RefreshButtonProps extends ButtonProps {
  readonly appId: string;
  readonly label: string;
}

/** Refreshes one account; while it runs says so, with the seconds so far. */
export function RefreshButton({ appId, label, ...button }: RefreshButtonProps) {
  const { t } = useTranslation();
  const askRefresh = useAskRefresh();
  const since = useRefreshingSince(appId);
  const isLong = useIsLong(since);
  const seconds = useNow((now) => (since === null ? 0 : Math.max(0, Math.floor((now - since) / 1000))));
  const running = seconds > 0 ? t('refresh.runningFor', { seconds }) : t('account.refreshing');
  return (
    <Button
      leftSection={isLong ? <Loader size={16} color="currentColor" /> : <IconRefresh size={16} />}
      variant="default"
      {...button}
      disabled={since !== null}
      onClick={() => void askRefresh(appId)}
    >
      {since === null ? label : running}
    </Button>
  );
}

/** The same as an icon, for rows. */
export function RefreshIcon({ appId, label }: { readonly appId: string; readonly label: string }) {
  const askRefresh = useAskRefresh();
  const since = useRefreshingSince(appId);
  const isLong = useIsLong(since);
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        disabled={since !== null}
        onClick={() => void askRefresh(appId)}
      >
        {isLong ? <Loader size={16} color="currentColor" /> : <IconRefresh size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
