import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CommandError, CommandInput } from '../../electron/console/contract.ts';
import { tidyApiBase } from '../add-account/draft.ts';
import { faultAt } from '../add-account/faults.ts';
import { ApiBaseField, LeadField, LineField, NameField } from '../add-account/fields.tsx';
import { isApiBase, leadSecondsOf, nameFault } from '../add-account/validate.ts';
import { useConsole } from '../bridge.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { Note } from '../shared/note.tsx';
import { FormDialog } from './form-dialog.tsx';

interface EditDialogProps {
  readonly account: AccountView;
  readonly onClose: () => void;
}

type Changes = CommandInput<'accounts.update'>['changes'];

/** Name, line, API address and refresh-ahead of an account; sends only what was changed. */
export default function EditDialog({ account, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [name, setName] = useState(account.name);
  const [line, setLine] = useState(account.line);
  const [apiBase, setApiBase] = useState(account.apiBase);
  const [lead, setLead] = useState(String(account.leadSeconds));
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const origin = tidyApiBase(apiBase);
  const leadSeconds = leadSecondsOf(lead);
  const isFit = nameFault(name) === null && isApiBase(origin) && leadSeconds !== null;

  const save = async () => {
    if (!isFit) return;
    const changes: Changes = {
      ...(name.trim() !== account.name && { name: name.trim() }),
      ...(line !== account.line && { line }),
      ...(origin !== account.apiBase && { apiBase: origin }),
      ...(leadSeconds !== account.leadSeconds && { leadSeconds }),
    };
    if (Object.keys(changes).length === 0) return onClose();
    setBusy(true);
    const answer = await tokenConsole.commands['accounts.update']({ appId: account.appId, changes });
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
      {line !== account.line && <Note tone="info">{t('edit.lineChange')}</Note>}
      <LeadField value={lead} onChange={setLead} fault={faultAt(error, 'leadSeconds')} />
      <ApiBaseField value={apiBase} onChange={setApiBase} fault={faultAt(error, 'apiBase')} />
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
    </FormDialog>
  );
}
