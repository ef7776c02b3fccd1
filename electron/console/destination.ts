/**
 * Where an AppSecret may go: to WeChat itself, and to another address only if whoever gave the AppSecret gave that
 * address with it. So the two are kept together, and neither a page, nor a file of accounts, nor an edited ledger can
 * send it elsewhere. What holds for the AppSecret holds for the tokens it brought. Pure.
 */
import { API_BASES } from './contract.ts';

export interface GivenSecret {
  readonly secret: string;
  /** The address it was given for; null for WeChat's own. */
  readonly to: string | null;
}

export function isWechatsOwn(apiBase: string): boolean {
  return API_BASES.some((own) => own === apiBase);
}

export function given(secret: string, apiBase: string): GivenSecret {
  return { secret, to: isWechatsOwn(apiBase) ? null : apiBase };
}

export function mayGo({ to }: GivenSecret, apiBase: string): boolean {
  return isWechatsOwn(apiBase) || to === apiBase;
}

/** As the vault keeps it: the AppSecret alone, and after a blank, which it never has, the address it was given for. */
export function sealed({ secret, to }: GivenSecret): string {
  return to === null ? secret : `${secret} ${to}`;
}

export function unsealed(text: string): GivenSecret {
  const [secret = '', to = null] = text.split(' ', 2);
  return { secret, to };
}
