import { useTranslation } from 'react-i18next';
import type { AccountKind } from '../../electron/console/contract.ts';
import classes from './where-to-find.module.css';

/** Where WeChat shows AppID and AppSecret; the two kinds live on different sites. */
export function WhereToFind({ kind }: { readonly kind: AccountKind }) {
  const { t } = useTranslation();
  return (
    <details className={classes.where}>
      <summary>{t('add.where')}</summary>
      <ul className={classes.words}>
        <li>{t(kind === 'official' ? 'add.whereOfficial' : 'add.whereMini')}</li>
        <li>{t('add.whereOnce')}</li>
        <li>{t('add.whereWho')}</li>
      </ul>
    </details>
  );
}
