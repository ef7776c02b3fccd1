import { NativeSelect, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorClass, ErrorEntry } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { hrefOf, navigate } from '../router.ts';
import { useCatalogue } from '../shared/catalogue.ts';
import { IconArrowLeft, IconSearch } from '../shared/icons.ts';
import { Note } from '../shared/note.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { ErrorCard } from './error-card.tsx';
import classes from './errors.module.css';
import { CLASSES, groupEntries, searchEntries } from './search.ts';
import { UnknownCode } from './unknown-code.tsx';

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
      {!entry && status === 'ready' && <UnknownCode code={code} />}
      {status === 'failed' && <Note tone="bad">{t('errors.failed')}</Note>}
    </div>
  );
}

function All() {
  const { t } = useTranslation();
  const { entries, status } = useCatalogue();
  const [needle, setNeedle] = useState('');
  const [only, setOnly] = useState<ErrorClass | null>(null);
  const found = searchEntries(entries, needle, only);
  const openFirst = (event: React.FormEvent) => {
    event.preventDefault();
    const [first] = found;
    if (first && needle.trim() !== '') navigate({ screen: 'errors', code: String(first.code) });
  };
  return (
    <div className={classes.screen}>
      <header>
        <PageHeading>{t('errors.title')}</PageHeading>
        <p className={classes.lead}>{t('errors.lead')}</p>
      </header>
      <search>
        <form className={classes.search} onSubmit={openFirst}>
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
        </form>
      </search>
      <p className={classes.count} role="status">
        {status === 'ready' && countOf(t, found.length, needle)}
      </p>
      {status === 'failed' && <Note tone="bad">{t('errors.failed')}</Note>}
      {needle.trim() === '' ? <Groups entries={found} /> : <List entries={found} showsClass />}
    </div>
  );
}

function countOf(t: TFunction, count: number, needle: string): string {
  if (count === 0) return t('errors.none');
  return needle.trim() === '' ? t('errors.count', { count }) : t('errors.found', { count });
}

interface ListProps {
  readonly entries: readonly ErrorEntry[];
  readonly showsClass?: boolean;
}

function Groups({ entries }: ListProps) {
  const { t } = useTranslation();
  return groupEntries(entries).map((group) => (
    <section key={group.name} className={classes.group} aria-labelledby={`class-${group.name}`}>
      <h2 id={`class-${group.name}`}>{t(`errorClass.${group.name}`)}</h2>
      <List entries={group.entries} />
    </section>
  ));
}

function List({ entries, showsClass = false }: ListProps) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={classes.list}>
      {entries.map((entry) => (
        <li key={entry.code}>
          <a className={classes.entry} href={hrefOf({ screen: 'errors', code: String(entry.code) })}>
            <span className={classes.code}>{entry.code}</span>
            <span className={classes.meaning}>{entry.meaning[i18n.language as Language]}</span>
            {showsClass && <span className={classes.class}>{t(`errorClass.${entry.class}`)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
