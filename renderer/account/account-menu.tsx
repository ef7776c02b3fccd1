import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView, Phase } from '../../electron/console/contract.ts';
import { useAskRefresh } from '../refresh/flow.ts';
import { IconDots } from '../shared/icons.ts';
import type { DialogName } from './open-dialog.ts';

interface AccountMenuProps {
  readonly account: AccountView;
  readonly settled: Phase;
  readonly openDialog: (dialog: DialogName) => void;
  readonly onPause: (paused: boolean) => void;
}

/** What is needed seldom. */
export function AccountMenu({ account, settled, openDialog, onPause }: AccountMenuProps) {
  const { t } = useTranslation();
  const askRefresh = useAskRefresh();
  const isPaused = settled === 'paused';
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('account.menu')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openDialog('edit')}>{t('account.edit')}</Menu.Item>
        <Menu.Item onClick={() => openDialog('secret')}>{t('account.replaceSecret')}</Menu.Item>
        <Menu.Item onClick={() => onPause(!isPaused)}>
          {t(isPaused ? 'account.resume' : 'account.pause')}
        </Menu.Item>
        <Menu.Divider />
        {account.line === 'stable' ? (
          <>
            <Menu.Item onClick={() => void askRefresh(account.appId, true)}>{t('account.force')}</Menu.Item>
            <Menu.Item onClick={() => openDialog('drill')}>{t('account.drill')}</Menu.Item>
          </>
        ) : (
          <Menu.Item onClick={() => openDialog('move')}>{t('account.move')}</Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item color="var(--bad)" onClick={() => openDialog('remove')}>
          {t('account.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
