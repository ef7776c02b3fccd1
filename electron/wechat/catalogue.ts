/** What every code means, why it comes and what to do, in Chinese and English. */
import type { ErrorEntry } from '../console/contract.ts';
import { address } from './catalogue-address.ts';
import { issuing } from './catalogue-issuing.ts';
import { network } from './catalogue-network.ts';
import { use } from './catalogue-use.ts';

const entries: readonly ErrorEntry[] = [...issuing, ...address, ...use, ...network];

/** WeChat's errcodes as far as they concern tokens, then the reasons for having no answer (string codes). */
export function catalogue(): readonly ErrorEntry[] {
  return entries;
}
