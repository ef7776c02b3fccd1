/** How far a new AppSecret has come: tried, then saved. Pure. */
import type { CommandError } from '../../electron/console/contract.ts';

/** `with`: tried first. `without`: saved as it is. */
export type TrialRun = 'with' | 'without';

export type TrialStage =
  | { readonly kind: 'typing' }
  | { readonly kind: 'running' | 'saved'; readonly run: TrialRun }
  | { readonly kind: 'turned-down'; readonly error: CommandError };

/** True where nothing is known of the new AppSecret, so that a person may save it all the same. */
export function isUntried(error: CommandError): boolean {
  return error.code === 'secret-untested' || error.code === 'blocked-by-refusal';
}

type State = 'done' | 'now' | 'next' | 'stopped';
type Word = 'done' | 'running' | 'waiting' | 'stopped' | 'untried' | 'skipped';

export interface TrialStep {
  readonly id: 'try' | 'save';
  readonly state: State;
  readonly word: Word;
}

/** The two steps and how they stand; null where neither was begun, or where the fault lies elsewhere. */
export function trialSteps(stage: TrialStage): readonly TrialStep[] | null {
  switch (stage.kind) {
    case 'typing':
      return null;
    case 'running':
      return stage.run === 'with'
        ? [step('try', 'now', 'running'), step('save', 'next', 'waiting')]
        : [step('try', 'next', 'skipped'), step('save', 'now', 'running')];
    case 'saved':
      return stage.run === 'with'
        ? [step('try', 'done', 'done'), step('save', 'done', 'done')]
        : [step('try', 'next', 'skipped'), step('save', 'done', 'done')];
    case 'turned-down':
      if (stage.error.code === 'secret-rejected') {
        return [step('try', 'stopped', 'stopped'), step('save', 'next', 'waiting')];
      }
      return isUntried(stage.error)
        ? [step('try', 'stopped', 'untried'), step('save', 'next', 'waiting')]
        : null;
  }
}

function step(id: TrialStep['id'], state: State, word: Word): TrialStep {
  return { id, state, word };
}
