import { useTranslation } from 'react-i18next';
import type { AccountView, LeakDrill } from '../../electron/console/contract.ts';
import { COUNTDOWN, CountdownText } from '../shared/countdown-text.tsx';
import { drillSteps, type StepState, stoppedAt } from './drill.ts';
import classes from './guide.module.css';
import { ProgressList } from './progress-list.tsx';

interface DrillProgressProps {
  readonly account: AccountView;
  readonly drill: LeakDrill;
}

const WORD = { done: 'isDone', now: 'isNow', next: 'isNext', stopped: 'isStopped' } as const satisfies Record<
  StepState,
  string
>;

/** The steps of a leak drill as the console takes them, and what a person does afterwards. */
export function DrillProgress({ account, drill }: DrillProgressProps) {
  const { t } = useTranslation();
  const steps = drillSteps(account, drill).map(({ step, state }) => ({
    id: step,
    state,
    label: t(`drill.${step}`),
    word:
      state === 'now' && drill.nextAt !== null ? (
        <CountdownText text={t('drill.waitingIn', COUNTDOWN)} until={drill.nextAt} as="wait" />
      ) : (
        t(`drill.${WORD[state]}`)
      ),
  }));
  return (
    <div className={classes.words}>
      <ProgressList label={t('drill.note')} steps={steps} />
      <div role="status" className={classes.answer}>
        {drill.state === 'done' && <p>{t('drill.done')}</p>}
        {drill.state === 'stopped' && (
          <>
            <p>{t(stoppedAt(account, drill) === 'first' ? 'drill.stoppedFirst' : 'drill.stoppedSecond')}</p>
            <p>{t('drill.stoppedNext')}</p>
          </>
        )}
      </div>
      {drill.state === 'done' && <Afterwards />}
    </div>
  );
}

function Afterwards() {
  const { t } = useTranslation();
  return (
    <div>
      <p>{t('drill.after')}</p>
      <ol className={classes.points}>
        <li>{t('drill.afterCause')}</li>
        <li>{t('drill.afterServers')}</li>
        <li>{t('drill.afterSecret')}</li>
      </ol>
    </div>
  );
}
