import { useTranslation } from 'react-i18next';
import type { ErrorEntry } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { ErrorSteps } from '../shared/error-steps.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import classes from './errors.module.css';

/** One entry: what it means, why, what to do, what the console does by itself, where that is written. */
export function ErrorCard({ entry }: { readonly entry: ErrorEntry }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return (
    <article className={classes.card}>
      <p className={classes.class}>{t(`errorClass.${entry.class}`)}</p>
      <p className={classes.title}>{entry.meaning[language]}</p>
      <h2>{t('errors.cause')}</h2>
      <p>{entry.cause[language]}</p>
      <h2>{t('errors.action')}</h2>
      <ErrorSteps steps={entry.steps} />
      <h2>{t('errors.itself')}</h2>
      <p>{t(`classDoes.${entry.class}`)}</p>
      {entry.text !== null && (
        <>
          <h2>{t('errors.text')}</h2>
          <p className="mono">{entry.text}</p>
        </>
      )}
      <h2>{t('errors.source')}</h2>
      <p className={classes.source}>
        <ExternalLink href={entry.source}>{entry.source}</ExternalLink>
      </p>
    </article>
  );
}
