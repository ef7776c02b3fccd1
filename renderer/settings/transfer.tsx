import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../shared/note.tsx';
import { useAccountCount } from '../store.ts';
import { type AccountsFile, type FileFault, readAccountsFile } from './accounts-file.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { Row, Section } from './section.tsx';

/** Taking accounts to another machine, and from one. */
export function Transfer() {
  return (
    <Section id="transfer">
      <Export />
      <Import />
    </Section>
  );
}

function Export() {
  const { t } = useTranslation();
  const hasAccounts = useAccountCount() > 0;
  const [isOpen, setOpen] = useState(false);
  return (
    <Row label={t('transfer.export')} hint={t(hasAccounts ? 'transfer.exportHint' : 'transfer.exportNone')}>
      <Button size="xs" variant="default" disabled={!hasAccounts} onClick={() => setOpen(true)}>
        {t('transfer.exportButton')}
      </Button>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </Row>
  );
}

function Import() {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<AccountsFile | null>(null);
  const [fault, setFault] = useState<FileFault | null>(null);

  const take = async (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    if (!chosen) return;
    const read = await readAccountsFile(chosen);
    // So that choosing the same file once more is a change again.
    input.value = '';
    setFault(typeof read === 'string' ? read : null);
    setFile(typeof read === 'string' ? null : read);
  };
  return (
    <Row
      label={t('transfer.import')}
      hint={t('transfer.importHint')}
      below={
        fault !== null && (
          <Note tone="warn" isAnswer>
            {t(`transfer.${fault}`)}
          </Note>
        )
      }
    >
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,.age"
        aria-label={t('transfer.importButton')}
        onChange={(event) => void take(event.currentTarget)}
      />
      <Button size="xs" variant="default" onClick={() => picker.current?.click()}>
        {t('transfer.importButton')}
      </Button>
      {file !== null && <ImportDialog file={file} onClose={() => setFile(null)} />}
    </Row>
  );
}
