import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError, CommandInput } from '../../electron/console/contract.ts';
import { nameFault } from '../../electron/contract/text-rules.ts';
import { tidyApiBase } from '../add-account/draft.ts';
import { faultAt } from '../add-account/faults.ts';
import { ApiBaseField, CheckField, LeadField, LineField, NameField } from '../add-account/fields.tsx';
import { isApiBase, leadSecondsOf } from '../add-account/validate.ts';
import { useConsole } from '../bridge.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { FormDialog } from './form-dialog.tsx';
import { openDialogOf } from './open-dialog.ts';

interface EditDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

type Changes = CommandInput<'accounts.update'>['changes'];

/** Name, line, checks, API address and refresh-ahead of an account; sends only what was changed. */
export default function EditDialog({ account, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [name, setName] = useState(account.name);
  const [line, setLine] = useState(account.line);
  const [apiBase, setApiBase] = useState(account.apiBase);
  const [lead, setLead] = useState(String(account.leadSeconds));
  const [checkMinutes, setCheckMinutes] = useState(account.checkMinutes);
  const [isBusy, setBusy] = useState(false);
  const origin = tidyApiBase(apiBase);
  const [error, setError] = useState<CommandError | null>(null);
  const [secret, setSecret] = useState('');
  const isSecretNeeded = error?.code === 'secret-needed' && origin !== account.apiBase;
  const leadSeconds = leadSecondsOf(lead);
  const isFit = nameFault(name) === null && isApiBase(origin) && leadSeconds !== null;

  const save = async () => {
    if (!isFit) return;
    const changes: Changes = {
      ...(name.trim() !== account.name && { name: name.trim() }),
      ...(line !== account.line && { line }),
      ...(origin !== account.apiBase && { apiBase: origin }),
      ...(leadSeconds !== account.leadSeconds && { leadSeconds }),
      ...(checkMinutes !== account.checkMinutes && { checkMinutes }),
    };
    if (Object.keys(changes).length === 0) return onClose();
    setBusy(true);
    const answer = await tokenConsole.commands['accounts.update']({
      appId: account.appId,
      changes,
      ...(isSecretNeeded && secret !== '' && { secret }),
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  };

  return (
    <FormDialog
      title={t('edit.title', { name: account.name })}
      submit={t('form.save')}
      isBusy={isBusy}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <NameField value={name} onChange={setName} isChecked fault={faultAt(error, 'name')} />
      <LineField value={line} onChange={setLine} />
      {line !== account.line && <LineChange appId={account.appId} isToStable={line === 'stable'} />}
      <CheckField value={checkMinutes} onChange={setCheckMinutes} />
      <LeadField value={lead} onChange={setLead} fault={faultAt(error, 'leadSeconds')} />
      <ApiBaseField value={apiBase} onChange={setApiBase} fault={faultAt(error, 'apiBase')} />
      {isSecretNeeded && (
        <PasswordInput
          label="AppSecret"
          description={t('edit.secretNeeded')}
          value={secret}
          error={faultAt(error, 'secret') && t('edit.secretWrong')}
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': t('token.reveal') }}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
    </FormDialog>
  );
}

/** What another line brings with it; the way to the stable one is shown step by step. */
function LineChange({ appId, isToStable }: { readonly appId: string; readonly isToStable: boolean }) {
  const { t } = useTranslation();
  return (
    <Note tone="info">
      <p>{t('edit.lineChange')}</p>
      {isToStable && (
        <>
          <p>{t('move.hint')}</p>
          <Button size="xs" variant="default" onClick={() => openDialogOf(appId, 'move')}>
            {t('move.open')}
          </Button>
        </>
      )}
    </Note>
  );
}
