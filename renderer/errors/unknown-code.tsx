import { useTranslation } from 'react-i18next';
import { hrefOf } from '../router.ts';
import { ExternalLink } from '../shared/external-link.tsx';
import classes from './errors.module.css';

const DIAGNOSIS_PAGE = 'https://developers.weixin.qq.com/console/devtools/debug';
const ERRCODE = /^-?\d{1,9}$/;

/** A code the catalogue does not have: how to find out what it means all the same. */
export function UnknownCode({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const title = <p className={classes.title}>{t('errors.unknown', { code })}</p>;
  if (!ERRCODE.test(code)) return <div className={classes.card}>{title}</div>;
  return (
    <article className={classes.card}>
      {title}
      <h2>{t('errors.cause')}</h2>
      <p>{t('errors.unknownCause')}</p>
      <h2>{t('errors.action')}</h2>
      <ol className={classes.steps}>
        <li>
          {t('errors.unknownFind')}{' '}
          <a href={hrefOf({ screen: 'history', query: `errcode=${code}` })}>{t('errors.unknownHistory')}</a>
        </li>
        <li>
          {t('errors.unknownRid')}{' '}
          <ExternalLink href={DIAGNOSIS_PAGE}>{new URL(DIAGNOSIS_PAGE).host}</ExternalLink>
        </li>
        <li>{t('errors.unknownAsk')}</li>
      </ol>
      <h2>{t('errors.itself')}</h2>
      <p>{t('classDoes.unknown')}</p>
    </article>
  );
}
