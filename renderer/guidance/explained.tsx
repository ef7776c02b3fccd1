import { useTranslation } from 'react-i18next';
import type { AccountView, ErrorEntry } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import { codeOf } from '../shared/catalogue.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import { ErrorSteps } from '../shared/error-steps.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { DIAGNOSIS_PAGE } from './attempt-details.tsx';
import classes from './guidance.module.css';

/** What is to be explained: the trouble that stands, else what the last attempt met. */
export function codeToExplain({ trouble, lastAttempt }: AccountView): number | string | null {
  return trouble?.errcode ?? (lastAttempt ? codeOf(lastAttempt) : null);
}

interface ExplainedProps {
  readonly account: AccountView;
  readonly entry: ErrorEntry;
}

/** Why, and what to do: the catalogue's words for this kind of account on this line. */
export function Explained({ account, entry }: ExplainedProps) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <p>
        <strong>{t('guide.why')}</strong> {entry.cause[i18n.language as Language]}
      </p>
      <div className={classes.doNow}>
        <strong>{t('guide.doNow')}</strong>
        <ErrorSteps steps={entry.steps} kind={account.kind} line={account.line} />
      </div>
    </>
  );
}

/** A code nobody has written about: WeChat's own text, in full, and where to ask. */
export function Unexplained({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { errmsg = null, rid = null } = account.lastAttempt ?? {};
  return (
    <>
      {errmsg !== null && (
        <div className={classes.raw}>
          <span className={classes.small}>{t('guide.unknown.words')}</span>
          <span className="mono">{errmsg}</span>
          {rid !== null && (
            <span className={classes.line}>
              <span>
                rid <span className="mono">{rid}</span> <CopyIcon text={rid} label={t('report.copyRid')} />
              </span>
              <ExternalLink href={DIAGNOSIS_PAGE}>{t('report.diagnose')}</ExternalLink>
            </span>
          )}
        </div>
      )}
      <ol className={classes.steps}>
        <li>{t('guide.unknown.read')}</li>
        {rid !== null && <li>{t('guide.unknown.rid')}</li>}
        <li>{t('guide.unknown.ask')}</li>
      </ol>
    </>
  );
}
