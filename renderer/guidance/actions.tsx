import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { usePause } from '../account/actions.ts';
import type { DialogName } from '../account/dialogs.tsx';
import { RefreshButton } from '../refresh/refresh-button.tsx';
import { hrefOf } from '../router.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { RefusedActions } from './confirmation.tsx';
import { useMessage } from './message.ts';
import type { Todo } from './todo.ts';

interface ActionsProps {
  readonly todo: Todo;
  readonly account: AccountView;
  readonly openDialog: (dialog: DialogName) => void;
}

/** Where trying again is all there is, once a person has seen to the cause. */
const RETRY = {
  'secret-locked': 'guide.secretLocked.action',
  'secret-frozen': 'guide.unfrozen',
  awaiting: 'confirm.done',
  barred: 'guide.restored',
  unknown: 'guide.retry',
} as const;

/** The buttons of the panel: one filled, the one that most likely ends the trouble. */
export function Actions({ todo, account, openDialog }: ActionsProps) {
  const { t } = useTranslation();
  const { appId } = account;
  switch (todo) {
    case 'paused':
      return <ResumeButton appId={appId} />;
    case 'secret-missing':
      return <Button onClick={() => openDialog('secret')}>{t('guide.secretMissing.action')}</Button>;
    case 'secret-wrong':
      return (
        <>
          <Button onClick={() => openDialog('secret')}>{t('guide.replaceSecret')}</Button>
          <RefreshButton appId={appId} label={t('guide.retry')} />
        </>
      );
    case 'whitelist':
      return <WhitelistActions account={account} />;
    case 'refused':
      return <RefusedActions account={account} />;
    case 'app-id':
      return <AppIdActions appId={appId} openDialog={openDialog} />;
    case 'quota':
      return <QuotaActions account={account} openDialog={openDialog} />;
    case 'request':
    case 'transient':
      return <NetworkActions account={account} openDialog={openDialog} />;
    default:
      return <RefreshButton appId={appId} label={t(RETRY[todo])} variant="filled" />;
  }
}

function WhitelistActions({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  return (
    <>
      <RefreshButton appId={account.appId} label={t('whitelist.done')} variant="filled" />
      <CopyButton text={useMessage(account, 'whitelist')} label={t('whitelist.copyMessage')} />
    </>
  );
}

/** What lies between here and WeChat: busy passes by itself, anything else may be the API address. */
function NetworkActions({ account, openDialog }: Omit<ActionsProps, 'todo'>) {
  const { t } = useTranslation();
  const { appId, trouble } = account;
  const isBusy = trouble?.class === 'transient' && trouble.errcode !== null;
  return (
    <>
      <RefreshButton appId={appId} label={t('guide.retry')} variant="filled" />
      {!isBusy && (
        <Button variant="default" onClick={() => openDialog('edit')}>
          {t('guide.edit')}
        </Button>
      )}
    </>
  );
}

/** An AppID cannot be changed: the right one is another account. */
function AppIdActions({ appId, openDialog }: { readonly appId: string } & Pick<ActionsProps, 'openDialog'>) {
  const { t } = useTranslation();
  return (
    <>
      <Button component="a" href={hrefOf({ screen: 'add' })}>
        {t('guide.addRight')}
      </Button>
      <Button variant="default" onClick={() => openDialog('remove')}>
        {t('guide.remove')}
      </Button>
      <RefreshButton appId={appId} label={t('guide.retry')} />
    </>
  );
}

/** The other line has a quota of its own. */
function QuotaActions({ account, openDialog }: Omit<ActionsProps, 'todo'>) {
  const { t } = useTranslation();
  const isStandard = account.line === 'standard';
  return (
    <>
      {isStandard && <Button onClick={() => openDialog('move')}>{t('guide.move')}</Button>}
      <RefreshButton
        appId={account.appId}
        label={t('guide.retry')}
        variant={isStandard ? 'default' : 'filled'}
      />
    </>
  );
}

function ResumeButton({ appId }: { readonly appId: string }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const pause = usePause();
  const resume = async () => {
    setBusy(true);
    await pause(appId, false);
    setBusy(false);
  };
  return (
    <Button loading={isBusy} onClick={() => void resume()}>
      {t('guide.paused.action')}
    </Button>
  );
}
