/** What a check of the token says to a person. Pure. */
import type { AccountView, CommandValue } from '../../electron/console/contract.ts';

export type CheckWord = 'valid' | 'dead' | 'replaced' | 'unknown' | 'never';

/** What the last check says of the token that is there now. */
export function checkWordOf({ lastCheck, token }: Pick<AccountView, 'lastCheck' | 'token'>): CheckWord {
  if (lastCheck === null) return 'never';
  const isOfThisToken = token !== null && lastCheck.at >= token.obtainedAt;
  if (isOfThisToken) return lastCheck.result;
  return lastCheck.result === 'dead' ? 'replaced' : 'never';
}

// Met when a token is used: it is not, or no longer, one (wechat-facts.md 3d).
const DEAD: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** What the answer to a check by hand says of the token. */
export function verdictOf(value: CommandValue<'tokens.verify'>): 'valid' | 'invalid' | 'unclear' {
  if (value.valid) return 'valid';
  return value.errcode !== null && DEAD.has(value.errcode) ? 'invalid' : 'unclear';
}
