import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { useReturnFocus } from '../shared/return-focus.ts';
import classes from './guide.module.css';
import { type BeforeMove, beforeMove } from './move.ts';
import { GoPage, WhatPage, WhoPage } from './move-pages.tsx';
import { MoveResult } from './move-result.tsx';

interface MoveDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

const PAGES = [WhatPage, WhoPage, GoPage] as const;

/** From the standard to the stable line, page by page, with how it came out at the end. */
export default function MoveDialog({ account, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const tokenConsole = useConsole();
  const [page, setPage] = useState(0);
  const [knows, setKnows] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const [moved, setMoved] = useState<BeforeMove | null>(null);
  const move = async () => {
    const before = beforeMove(account);
    setBusy(true);
    setError(null);
    const changes = { line: 'stable' } as const;
    const answer = await tokenConsole.commands['accounts.update']({ appId: account.appId, changes });
    setBusy(false);
    if (answer.ok) setMoved(before);
    else setError(answer.error);
  };
  const Page = PAGES[page] ?? GoPage;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('move.title', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('form.cancel') }}
    >
      {moved ? (
        <MoveResult account={account} before={moved} onClose={onClose} />
      ) : (
        <div className={classes.words}>
          <p className={classes.step}>{t('move.step', { step: page + 1, total: PAGES.length })}</p>
          <Page
            account={account}
            knows={knows}
            setKnows={setKnows}
            isBusy={isBusy}
            error={error}
            onBack={() => (page === 0 ? onClose() : setPage(page - 1))}
            onNext={() => (page < PAGES.length - 1 ? setPage(page + 1) : void move())}
          />
        </div>
      )}
    </Modal>
  );
}
