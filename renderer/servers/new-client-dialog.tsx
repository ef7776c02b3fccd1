import { Button, Checkbox, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameFault } from '../../electron/contract/text-rules.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { faultAt } from '../add-account/faults.ts';
import { NameField } from '../add-account/fields.tsx';
import { shortAppId } from '../format.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Note } from '../shared/note.tsx';
import { useReturnFocus } from '../shared/return-focus.ts';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';

interface NewClientDialogProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

/** A key for a business server: a name and whose tokens it may get; then the key, this once. */
export default function NewClientDialog({ onMade, onClose }: NewClientDialogProps) {
  const { t } = useTranslation();
  useReturnFocus();
  const { send, isBusy, error } = useSend('clients.create');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'all' | 'chosen'>('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isChecked, setChecked] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly key: string } | null>(null);
  const own = nameFault(name);
  const isEmptyChoice = scope === 'chosen' && chosen.size === 0;

  const create = async () => {
    setChecked(true);
    if (own !== null || isEmptyChoice) return;
    const value = await send({ name: name.trim(), appIds: scope === 'all' ? '*' : [...chosen] });
    if (value === null) return;
    setMade(value);
    onMade();
  };
  if (made !== null) return <KeyOnce name={made.name} value={made.key} onClose={onClose} />;
  return (
    <FormDialog
      title={t('clients.create.title')}
      submit={t('clients.create.submit')}
      isBusy={isBusy}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <NameField
        value={name}
        onChange={setName}
        isChecked={isChecked}
        fault={faultAt(error, 'name')}
        hint={t('clients.create.nameHint')}
      />
      <Radio.Group
        label={t('clients.create.scope')}
        value={scope}
        onChange={(value) => setScope(value === 'chosen' ? 'chosen' : 'all')}
      >
        <div className={classes.field}>
          <Radio
            mt="xs"
            value="all"
            label={t('clients.create.all')}
            description={t('clients.create.allHint')}
          />
          <Radio value="chosen" label={t('clients.create.chosen')} />
        </div>
      </Radio.Group>
      {scope === 'chosen' && <AccountPicks chosen={chosen} onChange={setChosen} />}
      {isChecked && isEmptyChoice && (
        <Note tone="bad" isAnswer>
          {t('clients.create.pickOne')}
        </Note>
      )}
      <ErrorNote error={error} />
    </FormDialog>
  );
}

const SEARCH_FROM = 8;

interface AccountPicksProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function AccountPicks({ chosen, onChange }: AccountPicksProps) {
  const { t } = useTranslation();
  const accounts = Object.values(useConsoleState((state) => state.accounts));
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = accounts.filter(
    ({ name, appId }) => name.toLowerCase().includes(wanted) || appId.includes(wanted),
  );
  const toggle = (appId: string, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(appId);
    else next.delete(appId);
    onChange(next);
  };
  return (
    <div className={classes.field}>
      {accounts.length >= SEARCH_FROM && (
        <TextInput
          value={search}
          placeholder={t('clients.create.search')}
          aria-label={t('clients.create.search')}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <fieldset className={classes.picks} aria-label={t('clients.create.accounts')}>
        {found.map(({ appId, name }) => (
          <Checkbox
            key={appId}
            label={`${name} ${shortAppId(appId)}`}
            checked={chosen.has(appId)}
            onChange={(event) => toggle(appId, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      <p className={classes.small}>{t('clients.create.picked', { count: chosen.size })}</p>
    </div>
  );
}

interface KeyOnceProps {
  readonly name: string;
  readonly value: string;
  readonly onClose: () => void;
}

/** The key, shown this once: a stray click or Escape does not close it. */
function KeyOnce({ name, value, onClose }: KeyOnceProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('clients.key.title', { name })}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className={classes.field}>
        <Note tone="warn">
          <p>{t('clients.key.once')}</p>
          <p>{t('clients.key.lost')}</p>
        </Note>
        <p className={classes.key}>
          <span className={classes.small}>{t('clients.key.label')}</span>
          <span className="mono">{value}</span>
        </p>
        <div className={classes.buttons}>
          <CopyButton text={value} label={t('clients.key.copy')} data-autofocus />
          <Button onClick={onClose}>{t('clients.key.done')}</Button>
        </div>
      </div>
    </Modal>
  );
}
