import { useState } from 'react';
import type { AccountView } from '../../electron/console/contract.ts';
import { secretFault } from '../add-account/validate.ts';
import { useConsole } from '../bridge.ts';
import type { TrialRun, TrialStage } from './trial.ts';

/** An address that is not WeChat's, to which the AppSecret would be sent: a person has to agree. */
export interface Destination {
  /** Whether the console has asked for it. */
  readonly isNeeded: boolean;
  readonly isAgreed: boolean;
  readonly agree: (isAgreed: boolean) => void;
}

export interface Trial {
  readonly destination: Destination;
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
export function useTrial({ appId, apiBase }: Pick<AccountView, 'appId' | 'apiBase'>): Trial {
  const tokenConsole = useConsole();
  const [secret, setSecret] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isAsTried, setAsTried] = useState(false);
  const [isAgreed, agree] = useState(false);
  const [isNeeded, setNeeded] = useState(false);
  const [stage, setStage] = useState<TrialStage>({ kind: 'typing' });
  const type = (text: string) => {
    setSecret(text);
    setAsTried(false);
  };
  const save = async (run: TrialRun) => {
    setChecked(true);
    if (secretFault(secret) !== null || (isNeeded && !isAgreed)) return;
    setAsTried(true);
    setStage({ kind: 'running', run });
    const untested = run === 'without' && { untested: true };
    const answer = await tokenConsole.commands['accounts.setSecret']({
      ...{ appId, secret, ...untested },
      ...(isAgreed && { apiBase }),
    });
    if (answer.ok) setSecret('');
    else if (answer.error.code === 'address-needed') setNeeded(true);
    setStage(answer.ok ? { kind: 'saved', run } : { kind: 'turned-down', error: answer.error });
  };
  return { destination: { isNeeded, isAgreed, agree }, secret, type, stage, isChecked, isAsTried, save };
}
