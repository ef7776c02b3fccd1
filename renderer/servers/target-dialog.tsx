import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  AccountHandout,
  AccountView,
  HandoutView,
  RedisProfile,
  RedisTarget,
} from '../../electron/console/contract.ts';
import { FormDialog } from '../account/form-dialog.tsx';
import { Note } from '../shared/note.tsx';
import { ErrorNote } from './error-note.tsx';
import classes from './servers.module.css';
import { MANAGED_SECRET } from './setting.ts';
import { useSavePlaces } from './use-handout.ts';
import { isKeyPart, isSameTarget } from './words.ts';

/** The formats, and what else their key is made of. */
const PROFILES: readonly {
  readonly id: RedisProfile;
  readonly hasPrefix: boolean;
  readonly hasSecret: boolean;
}[] = [
  { id: 'wxjava', hasPrefix: true, hasSecret: false },
  { id: 'easywechat6', hasPrefix: true, hasSecret: true },
  { id: 'easywechat5', hasPrefix: true, hasSecret: true },
  { id: 'wechatpy', hasPrefix: true, hasSecret: false },
  { id: 'silenceper', hasPrefix: false, hasSecret: false },
  { id: 'powerwechat', hasPrefix: false, hasSecret: true },
  { id: 'node-easywechat', hasPrefix: false, hasSecret: true },
  { id: 'plain', hasPrefix: true, hasSecret: false },
];

interface TargetDialogProps {
  readonly account: AccountView;
  readonly handout: AccountHandout;
  readonly onView: (view: HandoutView) => void;
  readonly onClose: () => void;
}

/** One more key of Redis the account's token is written to. */
export default function TargetDialog({ account, handout, onView, onClose }: TargetDialogProps) {
  const { t } = useTranslation();
  const { save, isBusy, error } = useSavePlaces(handout, onView);
  const [chosen, setChosen] = useState(() =>
    PROFILES.find(({ id }) => handout.targets.every(({ profile: taken }) => taken !== id)),
  );
  const [prefix, setPrefix] = useState('');
  const [key, setKey] = useState('');
  const [secret, setSecret] = useState('');
  const profile = chosen ?? { id: 'plain', hasPrefix: true, hasSecret: false };
  const target: RedisTarget = {
    profile: profile.id,
    ...(profile.hasPrefix && prefix !== '' && { prefix }),
    ...(profile.hasSecret && secret !== '' && { configuredSecret: secret }),
    ...(key !== '' && { key }),
  };
  const isThere = handout.targets.some((one) => isSameTarget(one, target));
  const isFit = [prefix, key, secret].every(isKeyPart) && !isThere;

  const submit = async () => {
    if (isFit && (await save({ targets: [...handout.targets, target] }))) onClose();
  };
  return (
    <FormDialog
      title={t('targets.dialog.title', { name: account.name })}
      submit={t('targets.dialog.submit')}
      isBusy={isBusy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <NativeSelect
        label={t('targets.dialog.profile')}
        value={profile.id}
        data={PROFILES.map(({ id }) => ({ value: id, label: t(`way.${id}`) }))}
        onChange={(event) => setChosen(PROFILES.find(({ id }) => id === event.currentTarget.value))}
      />
      <details>
        <summary>{t('targets.dialog.advanced')}</summary>
        <div className={classes.field}>
          {profile.hasPrefix && (
            <PartField
              label={t('targets.dialog.prefix')}
              hint={t('targets.dialog.prefixHint')}
              value={prefix}
              onChange={setPrefix}
            />
          )}
          {profile.hasSecret && (
            <PartField
              label={t('targets.dialog.secret')}
              hint={t('targets.dialog.secretHint', { secret: MANAGED_SECRET })}
              value={secret}
              onChange={setSecret}
            />
          )}
          <PartField
            label={t('targets.dialog.key')}
            hint={t('targets.dialog.keyHint')}
            value={key}
            onChange={setKey}
          />
        </div>
      </details>
      {isThere && <Note tone="info">{t('targets.dialog.same')}</Note>}
      <ErrorNote error={error} />
    </FormDialog>
  );
}

interface PartFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function PartField({ label, hint, value, onChange }: PartFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      mt="xs"
      label={label}
      description={hint}
      value={value}
      error={isKeyPart(value) ? undefined : t('targets.dialog.bad')}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  );
}
