/** A command that cannot be carried out, with what its caller is told. */
import type { Declined } from '../keeper/keeper.ts';
import type { CommandError } from './contract.ts';

export class Refusal extends Error {
  readonly error: CommandError;
  constructor(code: CommandError['code'], message: string, more: Partial<CommandError> = {}) {
    super(message);
    this.error = { ...more, code, message };
  }
}

const DECLINED: Record<Declined['code'], string> = {
  'blocked-by-refusal':
    'The administrator refused this address; no call is made before the block ends, unless forced.',
  'force-too-soon': 'WeChat ignores a forced refresh within 30 seconds of the last one.',
  'force-budget-used': 'The 20 forced refreshes of a day are used up.',
  'stable-line-only': 'Only the stable line has forced refreshes.',
  'follows-another': 'Another console asks for this account; this one follows it.',
  'waits-for-plan': 'WeChat is asked again when the plan says so, or a person does.',
  'secret-missing': 'No AppSecret is stored for this account; set it first.',
  'secret-locked': 'The keychain is locked; unlock it and try again.',
};

/** What the caller is told of a question the keeper declined. */
export function refusalOf({ code, until }: Declined): Refusal {
  return new Refusal(code, DECLINED[code], until === null ? {} : { until });
}
