import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import type { Force } from '../refresh/force-budget.ts';
import { ForceLimits } from '../refresh/force-words.tsx';
import { useForce } from '../refresh/use-force.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { useReturnFocus } from '../shared/return-focus.ts';
import { isDrillRunning } from './drill.ts';
import { DrillProgress } from './drill-progress.tsx';
import classes from './guide.module.css';

interface DrillDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

const CALLS = 2;

/** Ends a leaked token: says what that does, then shows the console at it. */
export default function DrillDialog({ account, onClose }: DrillDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const [before] = useState(account.drill);
  const isNew = account.drill !== null && account.drill.since !== before?.since;
  const isShown = isDrillRunning(account.drill) || isDrillRunning(before) || isNew;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('drill.title', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('drill.close') }}
    >
      {isShown && account.drill ? (
        <div className={classes.words}>
          <DrillProgress account={account} drill={account.drill} />
          {isDrillRunning(account.drill) && <p className={classes.small}>{t('drill.background')}</p>}
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('drill.close')}
            </Button>
          </div>
        </div>
      ) : (
        account.force && <Intro account={account} force={account.force} onClose={onClose} />
      )}
    </Modal>
  );
}

interface IntroProps extends DrillDialogProps {
  readonly force: Force;
}

function Intro({ account, force, onClose }: IntroProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [knows, setKnows] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const { left, isAllowed } = useForce(force, CALLS);
  const start = async () => {
    setBusy(true);
    setError(null);
    const answer = await tokenConsole.commands['tokens.drill']({ appId: account.appId });
    setBusy(false);
    if (!answer.ok) setError(answer.error);
  };
  return (
    <div className={classes.words}>
      <p>{t('drill.what')}</p>
      <p>{t('drill.does', { left, perDay: force.perDay })}</p>
      <p>{t('drill.effect')}</p>
      <ForceLimits force={force} wanted={CALLS} />
      <Checkbox
        label={t('drill.check')}
        checked={knows}
        onChange={(event) => setKnows(event.currentTarget.checked)}
      />
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('form.cancel')}
        </Button>
        <Button color="red" loading={isBusy} disabled={!knows || !isAllowed} onClick={() => void start()}>
          {t('drill.confirm')}
        </Button>
      </div>
    </div>
  );
}
