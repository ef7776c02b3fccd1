import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandError } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { hrefOf } from '../router.ts';
import { useCommandErrorText } from '../shared/command-error.ts';
import { CopyIcon } from '../shared/copy-button.tsx';
import { Note } from '../shared/note.tsx';
import { Ring } from '../shared/ring.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useConsoleState } from '../store.ts';
import classes from './first-run.module.css';

const DEMO_COMMAND = 'npm start -- --demo';
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
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
      {!isDemo && <Demo />}
    </div>
  );
}

/** The demo opens beside this console, on the console's machine; from another one it is started there. */
function Demo() {
  const { t } = useTranslation();
  const tokenConsole = useConsole();
  const errorText = useCommandErrorText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const isHere = tokenConsole.host === 'desktop' || LOOPBACK.has(window.location.hostname);

  const open = async () => {
    setBusy(true);
    const answer = await tokenConsole.commands['demo.open']({});
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok && answer.value.url !== null) window.open(answer.value.url, '_blank', 'noopener');
  };

  return (
    <section className={classes.way}>
      <h2>{t('firstRun.demo')}</h2>
      <p className={classes.small}>{t(isHere ? 'firstRun.demoText' : 'firstRun.demoElsewhere')}</p>
      {isHere ? (
        <Button variant="default" loading={isBusy} onClick={() => void open()}>
          {t('firstRun.demoOpen')}
        </Button>
      ) : (
        <p className={classes.command}>
          <code>{DEMO_COMMAND}</code>
          <CopyIcon text={DEMO_COMMAND} label={t('copy.command')} />
        </p>
      )}
      {error && (
        <Note tone="bad" isAnswer>
          {errorText(error)}
        </Note>
      )}
    </section>
  );
}
