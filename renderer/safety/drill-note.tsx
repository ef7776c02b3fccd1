import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { useNow } from '../clock.ts';
import { isDrillShown } from './drill.ts';
import classes from './drill-note.module.css';
import { DrillProgress } from './drill-progress.tsx';

/** A leak drill of the last hour, on the account's screen: it goes on without its dialog. */
export function DrillNote({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { drill } = account;
  const isShown = useNow((now) => isDrillShown(drill, now));
  if (drill === null || !isShown) return null;
  return (
    <section className={classes.note} aria-labelledby="drill" data-state={drill.state}>
      <h2 id="drill">{t('drill.note')}</h2>
      <DrillProgress account={account} drill={drill} />
    </section>
  );
}
