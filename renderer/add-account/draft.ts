/** The form of a new account and what it sends. Pure. */
import type { AccountKind, CommandInput, TokenLine } from '../../electron/console/contract.ts';
import { nameFault } from '../../electron/contract/text-rules.ts';
import { appIdFault, isApiBase, leadSecondsOf, secretFault } from './validate.ts';

export interface Draft {
  readonly kind: AccountKind;
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
  readonly line: TokenLine;
  readonly apiBase: string;
  readonly leadSeconds: string;
}

export const EMPTY_DRAFT: Draft = {
  kind: 'official',
  appId: '',
  name: '',
  secret: '',
  line: 'stable',
  apiBase: '',
  leadSeconds: '',
};

/** The console's origin form: no slash at the end. */
export function tidyApiBase(text: string): string {
  return text.trim().replace(/\/$/, '');
}

/** What `accounts.add` is given; null while a field does not fit. */
export function inputOf(draft: Draft): CommandInput<'accounts.add'> | null {
  const { kind, appId, secret, line } = draft;
  if (appIdFault(appId) !== null || nameFault(draft.name) !== null || secretFault(secret) !== null)
    return null;
  const apiBase = tidyApiBase(draft.apiBase);
  if (apiBase !== '' && !isApiBase(apiBase)) return null;
  const hasLead = draft.leadSeconds.trim() !== '';
  const leadSeconds = leadSecondsOf(draft.leadSeconds);
  if (hasLead && leadSeconds === null) return null;
  return {
    appId,
    name: draft.name.trim(),
    kind,
    line,
    secret,
    ...(apiBase !== '' && { apiBase }),
    ...(leadSeconds !== null && { leadSeconds }),
  };
}
