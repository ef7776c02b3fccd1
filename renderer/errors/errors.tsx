import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorClass, ErrorEntry } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { hrefOf } from '../router.ts';
import { useCatalogue } from '../shared/catalogue.ts';
import { IconArrowLeft, IconSearch } from '../shared/icons.ts';
import { Note } from '../shared/note.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { ErrorCard } from './error-card.tsx';
import classes from './errors.module.css';
import { searchEntries } from './search.ts';

/** The error codes in plain words: all of them, or the one the address names. */
export default function Errors({ code }: { readonly code: string | null }) {
  return code === null ? <All /> : <One key={code} code={code} />;
}

function One({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const { entries, status } = useCatalogue();
  const entry = entries.find((one) => String(one.code) === code);
  return (
    <div className={classes.screen}>
      <a className={classes.back} href={hrefOf({ screen: 'errors', code: null })}>
        <IconArrowLeft size={16} aria-hidden="true" /> {t('errors.back')}
      </a>
      <PageHeading title={`${t('errors.title')} ${code}`}>{code}</PageHeading>
      {entry && <ErrorCard entry={entry} />}
      {!entry && status === 'ready' && <p>{t('errors.unknown', { code })}</p>}
      {status === 'failed' && <Note tone="bad">{t('errors.failed')}</Note>}
    </div>
  );
}

const CLASSES: readonly ErrorClass[] = [
  'transient',
  'quota',
  'not-whitelisted',
  'awaiting-admin',
  'refused',
  'secret',
  'account',
  'unknown',
  'use',
];

function All() {
  const { t } = useTranslation();
  const { entries, status } = useCatalogue();
  const [needle, setNeedle] = useState('');
  const [only, setOnly] = useState<ErrorClass | null>(null);
  const found = searchEntries(entries, needle, only);
  return (
    <div className={classes.screen}>
      <header>
        <PageHeading>{t('errors.title')}</PageHeading>
        <p className={classes.lead}>{t('errors.lead')}</p>
      </header>
      <search className={classes.search}>
        <TextInput
          value={needle}
          onChange={(event) => setNeedle(event.currentTarget.value)}
          placeholder={t('errors.search')}
          aria-label={t('errors.search')}
          leftSection={<IconSearch size={16} />}
        />
        <NativeSelect
          aria-label={t('errors.class')}
          value={only ?? ''}
          data={[
            { value: '', label: t('errors.allClasses') },
            ...CLASSES.map((value) => ({ value, label: t(`errorClass.${value}`) })),
          ]}
          onChange={(event) => setOnly(CLASSES.find((one) => one === event.currentTarget.value) ?? null)}
        />
      </search>
      <p className={classes.count} role="status">
        {status === 'ready' &&
          (found.length > 0 ? t('errors.count', { count: found.length }) : t('errors.none'))}
      </p>
      {status === 'failed' && <Note tone="bad">{t('errors.failed')}</Note>}
      <ul className={classes.list}>
        {found.map((entry) => (
          <EntryLink key={entry.code} entry={entry} />
        ))}
      </ul>
    </div>
  );
}

function EntryLink({ entry }: { readonly entry: ErrorEntry }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <a className={classes.entry} href={hrefOf({ screen: 'errors', code: String(entry.code) })}>
        <span className={classes.code}>{entry.code}</span>
        <span className={classes.meaning}>{entry.meaning[i18n.language as Language]}</span>
        <span className={classes.class}>{t(`errorClass.${entry.class}`)}</span>
      </a>
    </li>
  );
}
