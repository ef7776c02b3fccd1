import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommandInput, Notice } from '../../electron/console/contract.ts';
import { useSpanText } from '../safety/span.ts';
import { Note } from '../shared/note.tsx';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import classes from './banners.module.css';

/** What nobody has to do anything about. */
const QUIET: ReadonlySet<Notice['id']> = new Set(['demo', 'token-off-clipboard']);

/** What concerns the whole console: the connection, the vault, the history's database, the clock, a copied token, the demo. */
export function Banners() {
  const { t } = useTranslation();
  const link = useConsoleState((state) => state.link);
  const notices = useConsoleState((state) => state.notices);
  const vault = useConsoleState((state) => state.vault);
  const hasVaultTrouble = vault !== null && vault.status !== 'ready';
  return (
    <section className={classes.banners} aria-label={t('notice.region')}>
      <div role="status">{link === 'lost' && <Note tone="warn">{t('link.lost')}</Note>}</div>
      {hasVaultTrouble && vault.status !== 'ready' && (
        <Note tone="warn">{t(`vaultStatusText.${vault.status}`)}</Note>
      )}
      {notices.map((notice) => (
        <Note
          key={notice.id}
          tone={QUIET.has(notice.id) ? 'info' : 'warn'}
          action={isToBeNoted(notice.id) && <TakeNote id={notice.id} />}
        >
          <NoticeText notice={notice} />
        </Note>
      ))}
    </section>
  );
}

type Noted = CommandInput<'notices.takeNote'>['id'];
const TO_BE_NOTED: ReadonlySet<string> = new Set<Noted>([
  'ledger-set-aside',
  'ledger-restored',
  'accounts-missing',
]);

/** What stays until somebody has taken note of it. */
function isToBeNoted(id: Notice['id']): id is Noted {
  return TO_BE_NOTED.has(id);
}

function TakeNote({ id }: { readonly id: Noted }) {
  const { t } = useTranslation();
  const { send, isBusy } = useSend('notices.takeNote');
  return (
    <Button size="xs" variant="default" loading={isBusy} onClick={() => void send({ id })}>
      {t('notice.takeNote')}
    </Button>
  );
}

function NoticeText({ notice: { id, detail } }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const spanText = useSpanText();
  if (id === 'accounts-missing') return <MissingAccounts appIds={(detail ?? '').split(' ')} />;
  if (id !== 'clock-off') return t(`notice.${id}`, { detail: detail ?? t('error.notGiven') });
  const ahead = Number(detail);
  return t(`notice.clock-off.${ahead < 0 ? 'behind' : 'ahead'}`, { time: spanText(ahead) });
}

function MissingAccounts({ appIds }: { readonly appIds: readonly string[] }) {
  const { t } = useTranslation();
  const text = t('notice.accounts-missing', { total: appIds.length });
  return (
    <>
      {text}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and the keyboard has to reach what it holds */}
      <section className={classes.appIds} aria-label="AppID" tabIndex={0}>
        {appIds.join(' ')}
      </section>
    </>
  );
}
