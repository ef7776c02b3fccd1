import { useTranslation } from 'react-i18next';
import type { AccountView, ConfirmationStep, Phase } from '../../electron/console/contract.ts';
import { PhaseMark } from '../shared/phase-mark.tsx';
import { useIsOver } from '../shared/time-left.tsx';
import { At } from './moments.tsx';
import classes from './timeline.module.css';

const MARK: Readonly<Record<ConfirmationStep['step'], Phase>> = {
  asked: 'awaiting-admin',
  waiting: 'awaiting-admin',
  confirmed: 'live',
  'refused-once': 'refused',
  'refused-twice': 'refused',
};

/** What the console learned only afterwards: the decisions. */
const DECISIONS: ReadonlySet<ConfirmationStep['step']> = new Set<ConfirmationStep['step']>([
  'confirmed',
  'refused-once',
  'refused-twice',
]);

interface TimelineProps {
  readonly account: AccountView;
}

/** The confirmation step by step, as the console met it, and what comes next. */
export function Timeline({ account }: TimelineProps) {
  const { t } = useTranslation();
  const { confirmation, confirmationSteps: steps } = account;
  const isOver = useIsOver(confirmation?.until ?? null);
  const next = nextOf(confirmation, isOver);
  if (steps.length === 0) return null;
  return (
    <div>
      <ol className={classes.steps} aria-label={t('confirm.timeline.label')}>
        {steps.map((step) => (
          <li key={`${step.step}-${step.at}`} className={classes.step}>
            <PhaseMark phase={MARK[step.step]} />
            <At at={step.at} />
            <span className={classes.words}>
              <StepWords step={step} />
            </span>
          </li>
        ))}
        {next.map(({ word, at }) => (
          <li key={word} className={classes.step} data-next>
            <PhaseMark phase="new" />
            {at === null ? <span /> : <At at={at} />}
            <span className={classes.words}>{t(`confirm.timeline.next.${word}`)}</span>
          </li>
        ))}
      </ol>
      {steps.some(({ step }) => DECISIONS.has(step)) && (
        <p className={classes.note}>{t('confirm.timeline.note')}</p>
      )}
    </div>
  );
}

function StepWords({ step }: { readonly step: ConfirmationStep }) {
  const { t } = useTranslation();
  return (
    <>
      {step.step === 'waiting'
        ? t('confirm.timeline.waiting', { count: step.times })
        : t(`confirm.timeline.${step.step}`)}
      {step.ip !== null && <span className={classes.ip}> · {step.ip}</span>}
    </>
  );
}

interface NextStep {
  readonly word: 'confirm' | 'over' | 'talk';
  readonly at: number | null;
}

function nextOf(confirmation: AccountView['confirmation'], isOver: boolean): readonly NextStep[] {
  if (confirmation === null) return [];
  if (confirmation.state === 'awaiting') return [{ word: 'confirm', at: null }];
  const talk: NextStep = { word: 'talk', at: null };
  return isOver ? [talk] : [{ word: 'over', at: confirmation.until }, talk];
}
