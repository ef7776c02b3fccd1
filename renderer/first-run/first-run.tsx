import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../router.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import { Ring } from '../shared/ring.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import classes from './first-run.module.css';

const DEMO_COMMAND = 'npm start -- --demo';
// An ornament that stands still: three quarters of a life, far in the future.
const LIFE = { from: 0, until: Number.MAX_SAFE_INTEGER };

/** Before there is an account: what this is for, and the two ways to begin. */
export function FirstRun() {
  const { t } = useTranslation();
  const isDemo = useConsoleState((state) => state.notices.some((notice) => notice.id === 'demo'));
  return (
    <div className={classes.screen}>
      <Ring {...LIFE} tone="ok" size={72} stroke={7} />
      <PageHeading>{t('firstRun.title')}</PageHeading>
      <p className={classes.lead}>{t('firstRun.lead')}</p>
      <div className={classes.way}>
        <Button component="a" href={hrefOf({ screen: 'add' })} size="md">
          {t('firstRun.add')}
        </Button>
        <p className={classes.small}>{t('firstRun.addText')}</p>
      </div>
      {!isDemo && (
        <section className={classes.way}>
          <h2>{t('firstRun.demo')}</h2>
          <p className={classes.small}>{t('firstRun.demoText')}</p>
          <p className={classes.command}>
            <code>{DEMO_COMMAND}</code>
            <CopyIcon text={DEMO_COMMAND} label={t('copy.command')} />
          </p>
        </section>
      )}
    </div>
  );
}
