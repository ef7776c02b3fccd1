import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { faultAt } from '../add-account/faults.ts';
import { SecretField } from '../add-account/fields.tsx';
import { WhereToFind } from '../add-account/where-to-find.tsx';
import classes from '../safety/guide.module.css';
import { ProgressList } from '../safety/progress-list.tsx';
import { SecretOutcome } from '../safety/secret-outcome.tsx';
import { type TrialStage, trialSteps } from '../safety/trial.ts';
import { type Destination, useTrial } from '../safety/use-trial.ts';
import { Note } from '../shared/note.tsx';
import { FormDialog } from './form-dialog.tsx';

interface SecretDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

/** A new AppSecret: tried first, then put in the place of the old one; goes in and never comes out. */
export default function SecretDialog({ account, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  const { destination, secret, type, stage, isChecked, isAsTried, save } = useTrial(account);
  const isSaved = stage.kind === 'saved';
  const [isFirst] = useState(account.secret === 'missing');
  return (
    <FormDialog
      title={t(isFirst ? 'replace.firstTitle' : 'replace.title', { name: account.name })}
      submit={t(isSaved ? 'trial.finish' : 'replace.submit')}
      isBusy={stage.kind === 'running'}
      hasCancel={!isSaved}
      onSubmit={() => (isSaved ? onClose() : void save('with'))}
      onClose={onClose}
    >
      {stage.kind === 'typing' && <p>{t(isFirst ? 'replace.firstText' : 'replace.text')}</p>}
      <Progress stage={stage} />
      {stage.kind === 'turned-down' && (
        <SecretOutcome
          account={account}
          error={stage.error}
          onAnyway={isAsTried ? () => void save('without') : null}
        />
      )}
      {!isSaved && (
        <SecretField
          label={t(isFirst ? 'form.secret' : 'form.newSecret')}
          value={secret}
          onChange={type}
          isChecked={isChecked}
          fault={stage.kind === 'turned-down' ? faultAt(stage.error, 'secret') : undefined}
        />
      )}
      {!isSaved && destination.isNeeded && (
        <SendsElsewhere {...destination} address={account.apiBase} isChecked={isChecked} />
      )}
      {stage.kind === 'typing' && <WhereToFind kind={account.kind} />}
    </FormDialog>
  );
}

interface SendsElsewhereProps extends Omit<Destination, 'isNeeded'> {
  readonly address: string;
  readonly isChecked: boolean;
}

/** The address may have come with a file of accounts: whoever has the AppSecret says that it may go there. */
function SendsElsewhere({ address, isAgreed, agree, isChecked }: SendsElsewhereProps) {
  const { t } = useTranslation();
  return (
    <Note tone="warn">
      <p>{t('replace.goesTo', { address })}</p>
      <Checkbox
        label={t('replace.mayGo')}
        checked={isAgreed}
        error={isChecked && !isAgreed ? t('replace.mayGoNeeded') : undefined}
        onChange={(event) => agree(event.currentTarget.checked)}
      />
    </Note>
  );
}

function Progress({ stage }: { readonly stage: TrialStage }) {
  const { t } = useTranslation();
  const steps = trialSteps(stage)?.map((step) => ({
    ...step,
    label: t(`trial.${step.id}`),
    word: t(`trial.${step.word}`),
  }));
  return (
    <>
      {steps && <ProgressList label={t('account.replaceSecret')} steps={steps} />}
      {stage.kind === 'saved' && (
        <div role="status" className={classes.words}>
          <p>{t(stage.run === 'with' ? 'trial.accepted' : 'trial.unproven')}</p>
          <p>{t(stage.run === 'with' ? 'trial.acceptedNext' : 'trial.unprovenNext')}</p>
        </div>
      )}
    </>
  );
}
