/** What every code means, why it comes and what to do, in Chinese and English. */
import type { ErrorEntry } from '../console/contract.ts';
import { account } from './catalogue-account.ts';
import { confirmation } from './catalogue-confirmation.ts';
import { issuing } from './catalogue-issuing.ts';
import { network } from './catalogue-network.ts';
import { secret } from './catalogue-secret.ts';
import { use } from './catalogue-use.ts';
import { whitelist } from './catalogue-whitelist.ts';

const entries: readonly ErrorEntry[] = [
  ...whitelist,
  ...confirmation,
  ...secret,
  ...account,
  ...issuing,
  ...use,
  ...network,
];

/** WeChat's errcodes as far as they concern tokens, then the reasons for having no answer (string codes). */
export function catalogue(): readonly ErrorEntry[] {
  return entries;
}
