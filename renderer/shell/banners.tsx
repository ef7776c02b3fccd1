import { useTranslation } from 'react-i18next';
import { Note } from '../shared/note.tsx';
import { useConsoleState } from '../store.ts';
import classes from './banners.module.css';

/** What concerns the whole console: the connection, the vault, the history's database, the demo. */
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
        <Note key={notice.id} tone={notice.id === 'demo' ? 'info' : 'warn'}>
          {t(`notice.${notice.id}`, { detail: notice.detail ?? t('error.notGiven') })}
        </Note>
      ))}
    </section>
  );
}
