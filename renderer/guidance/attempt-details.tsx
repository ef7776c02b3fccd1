import { useTranslation } from 'react-i18next';
import type { HistoryRow, TokenLine } from '../../electron/console/contract.ts';
import { durationText, exactTime } from '../format.ts';
import { hrefOf } from '../router.ts';
import { codeOf } from '../shared/catalogue.ts';
import { CopyButton, CopyIcon } from '../shared/copy-button.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { useAccount, useConsoleState } from '../store.ts';
import classes from './attempt-details.module.css';
import { requestLine } from './request-line.ts';

/** WeChat's own page that tells of a request by its rid; it needs no token. */
export const DIAGNOSIS_PAGE = 'https://developers.weixin.qq.com/console/devtools/debug';

type Attempt = Pick<
  HistoryRow,
  'at' | 'trigger' | 'outcome' | 'errcode' | 'errmsg' | 'rid' | 'ip' | 'durationMs'
> & { readonly actor?: string; readonly line?: TokenLine; readonly fingerprint?: string | null };

interface AttemptDetailsProps {
  readonly attempt: Attempt;
  readonly account: { readonly appId: string; readonly name: string };
}

/** Everything known of one attempt, to be read or copied as one report; never a secret, never a token. */
export function AttemptDetails({ attempt, account }: AttemptDetailsProps) {
  const { t } = useTranslation();
  const facts = useFacts(attempt, account.appId);
  const code = codeOf(attempt);
  const report = [
    `${account.name} ${account.appId}`,
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    ...(attempt.rid === null ? [] : [`${t('report.diagnosis')}: ${DIAGNOSIS_PAGE}`]),
  ];
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        {facts.map(({ name, value, copy }) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>
              {value}
              {copy !== undefined && <CopyIcon text={value} label={copy} />}
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.links}>
        <CopyButton text={report.join('\n')} label={t('report.copy')} size="xs" />
        {code !== null && (
          <a href={hrefOf({ screen: 'errors', code: String(code) })}>{t('report.openEntry')}</a>
        )}
        {attempt.rid !== null && <ExternalLink href={DIAGNOSIS_PAGE}>{t('report.diagnose')}</ExternalLink>}
      </div>
    </div>
  );
}

interface Fact {
  readonly name: string;
  readonly value: string;
  /** The name of its own copy button, where it has one. */
  readonly copy?: string;
}

function useFacts(attempt: Attempt, appId: string): readonly Fact[] {
  const { t } = useTranslation();
  const account = useAccount(appId);
  const version = useConsoleState((state) => state.version);
  const { actor } = attempt;
  const isKnownActor = actor === 'console' || actor === 'admin';
  const line = attempt.line ?? account?.line ?? null;
  const askedFor = { appId, apiBase: account?.apiBase ?? null, line };
  const facts: readonly (Omit<Fact, 'value'> & { readonly value: string | null | undefined })[] = [
    { name: t('report.code'), value: codeOf(attempt)?.toString() },
    { name: t('report.text'), value: attempt.errmsg },
    { name: t('report.rid'), value: attempt.rid, copy: t('report.copyRid') },
    { name: t('report.ip'), value: attempt.ip },
    { name: t('report.at'), value: exactTime(attempt.at) },
    { name: t('report.trigger'), value: t(`trigger.${attempt.trigger}`) },
    { name: t('report.actor'), value: isKnownActor ? t(`actor.${actor}`) : actor },
    { name: t('report.line'), value: line && t(`line.${line}`) },
    { name: t('report.request'), value: requestLine(attempt, askedFor, t('report.hidden')) },
    { name: t('token.fingerprint'), value: attempt.fingerprint },
    { name: t('report.duration'), value: durationText(attempt.durationMs) },
    { name: t('report.version'), value: version },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact.value));
}
