import { useCallback, useEffect, useRef, useState } from 'react';
import type { AccountHandout, HandoutView, RedisTarget, TokenFile } from '../../electron/console/contract.ts';
import { useConsole } from '../bridge.ts';
import { useSend } from '../shared/use-send.ts';
import { useConsoleState } from '../store.ts';
import { targetInput } from './words.ts';

/** How handing out stands; asked again when the console says that it changed. */
export function useHandout() {
  const tokenConsole = useConsole();
  const epoch = useConsoleState((state) => state.epoch);
  const handoutEpoch = useConsoleState((state) => state.handoutEpoch);
  const [view, setView] = useState<HandoutView | null>(null);
  const [hasFailed, setFailed] = useState(false);
  // Answers to an older question are dropped.
  const asked = useRef(0);

  const read = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    const answer = await tokenConsole.commands['handout.get']({});
    if (mine !== asked.current) return;
    setFailed(!answer.ok);
    if (answer.ok) setView(answer.value);
  }, [tokenConsole]);

  const take = useCallback((fresh: HandoutView) => {
    asked.current += 1;
    setFailed(false);
    setView(fresh);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: either number growing means that something changed
  useEffect(() => void read(), [read, epoch, handoutEpoch]);

  return { view, hasFailed, read, take };
}

/** Saves an account's places, the others as they are; false when the console did not take them. */
export function useSavePlaces(handout: AccountHandout, onView: (view: HandoutView) => void) {
  const { send, isBusy, error } = useSend('handout.setAccount');
  const save = async (changes: {
    readonly file?: TokenFile | null;
    readonly targets?: readonly RedisTarget[];
  }): Promise<boolean> => {
    const { file = handout.file, targets = handout.targets } = changes;
    const view = await send({ appId: handout.appId, file, targets: targets.map(targetInput) });
    if (view) onView(view);
    return view !== null;
  };
  return { save, isBusy, error };
}
