import { useTranslation } from 'react-i18next';
import type { AccountKind, ErrorStep, TokenLine } from '../../electron/console/contract.ts';
import type { Language } from '../i18n.ts';
import classes from './error-steps.module.css';
import { ExternalLink } from './external-link.tsx';

interface ErrorStepsProps {
  readonly steps: readonly ErrorStep[];
  /** The account's kind; without it the steps of both are shown, each with its label. */
  readonly kind?: AccountKind;
  /** The account's line; without it the steps of both are shown, each with its label. */
  readonly line?: TokenLine;
}

/** What a person has to do, in order: every step, or only those for one kind of account and one line. */
export function ErrorSteps({ steps, kind, line }: ErrorStepsProps) {
  const { t } = useTranslation();
  const items = itemsOf(steps.filter((step) => isFor(step.kind, kind) && isFor(step.line, line)));
  const shown = items.map((item) => ({
    key: item[0]?.en,
    words: item.map((step) => (
      <p key={step.en}>
        {kind === undefined && step.kind && <Only>{t(`kind.${step.kind}`)}</Only>}
        {line === undefined && step.line && <Only>{t(`line.${step.line}`)}</Only>}
        <Step step={step} />
      </p>
    )),
  }));
  if (shown.length === 1) return shown[0]?.words;
  return (
    <ol className={classes.steps}>
      {shown.map(({ key, words }) => (
        <li key={key}>{words}</li>
      ))}
    </ol>
  );
}

function isFor<Value>(only: Value | undefined, value: Value | undefined): boolean {
  return only === undefined || value === undefined || only === value;
}

/** Steps in a row of which no account has more than one share a number. */
function itemsOf(steps: readonly ErrorStep[]): readonly (readonly ErrorStep[])[] {
  const items: ErrorStep[][] = [];
  for (const step of steps) {
    const last = items.at(-1);
    if (last?.every((other) => !isFor(other.kind, step.kind) || !isFor(other.line, step.line)))
      last.push(step);
    else items.push([step]);
  }
  return items;
}

/** For whom a step is, where it is not for all. */
function Only({ children }: { readonly children: string }) {
  return (
    <>
      <span className={classes.only}>{children}</span>{' '}
    </>
  );
}

function Step({ step }: { readonly step: ErrorStep }) {
  const { i18n } = useTranslation();
  return (
    <>
      {step[i18n.language as Language]}
      {step.link && (
        <>
          {' '}
          <ExternalLink href={step.link}>{new URL(step.link).host}</ExternalLink>
        </>
      )}
    </>
  );
}
