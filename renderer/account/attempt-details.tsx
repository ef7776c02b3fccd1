import { useTranslation } from 'react-i18next';
import type { HistoryRow, TokenLine } from '../../electron/console/contract.ts';
import { durationText, exactTime } from '../format.ts';
import { hrefOf } from '../router.ts';
import { codeOf } from '../shared/catalogue.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import classes from './attempt-details.module.css';

const DIAGNOSIS_PAGE = 'https://developers.weixin.qq.com/console/devtools/debug';

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
  const facts = useFacts(attempt);
  const code = codeOf(attempt);
  const report = [`${account.name} ${account.appId}`, ...facts.map(([name, value]) => `${name}: ${value}`)];
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.links}>
        <CopyButton text={report.join('\n')} label={t('error.copyReport')} size="xs" />
        {code !== null && (
          <a href={hrefOf({ screen: 'errors', code: String(code) })}>{t('error.openEntry')}</a>
        )}
        {attempt.rid !== null && <ExternalLink href={DIAGNOSIS_PAGE}>{t('error.diagnose')}</ExternalLink>}
      </div>
    </div>
  );
}

function useFacts(attempt: Attempt): readonly (readonly [name: string, value: string])[] {
  const { t } = useTranslation();
  const actor = attempt.actor;
  const isKnownActor = actor === 'console' || actor === 'admin';
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('error.code'), codeOf(attempt)?.toString()],
    [t('error.text'), attempt.errmsg],
    [t('error.rid'), attempt.rid],
    [t('error.ip'), attempt.ip],
    [t('error.at'), exactTime(attempt.at)],
    [t('error.trigger'), t(`trigger.${attempt.trigger}`)],
    [t('error.actor'), isKnownActor ? t(`actor.${actor}`) : actor],
    [t('error.line'), attempt.line && t(`line.${attempt.line}`)],
    [t('token.fingerprint'), attempt.fingerprint],
    [t('error.duration'), durationText(attempt.durationMs)],
  ];
  return facts.filter((fact): fact is readonly [string, string] => Boolean(fact[1]));
}
