import { useState } from 'react';
import { secretFault } from '../add-account/validate.ts';
import { useConsole } from '../bridge.ts';
import type { TrialRun, TrialStage } from './trial.ts';

export interface Trial {
  readonly secret: string;
  readonly type: (secret: string) => void;
  readonly stage: TrialStage;
  /** Whether faults of an empty field are shown yet. */
  readonly isChecked: boolean;
  /** False once another one is in the field than was tried. */
  readonly isAsTried: boolean;
  readonly save: (run: TrialRun) => Promise<void>;
}

/** A new AppSecret on its way; it stays in the field until the console has kept it. */
export function useTrial(appId: string): Trial {
  const tokenConsole = useConsole();
  const [secret, setSecret] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isAsTried, setAsTried] = useState(false);
  const [stage, setStage] = useState<TrialStage>({ kind: 'typing' });
  const type = (text: string) => {
    setSecret(text);
    setAsTried(false);
  };
  const save = async (run: TrialRun) => {
    setChecked(true);
    if (secretFault(secret) !== null) return;
    setAsTried(true);
    setStage({ kind: 'running', run });
    const untested = run === 'without' && { untested: true };
    const answer = await tokenConsole.commands['accounts.setSecret']({ appId, secret, ...untested });
    if (answer.ok) setSecret('');
    setStage(answer.ok ? { kind: 'saved', run } : { kind: 'turned-down', error: answer.error });
  };
  return { secret, type, stage, isChecked, isAsTried, save };
}
