/** The request an attempt sent to WeChat, as it may be shown to anybody. Pure. */
import type { TokenLine, Trigger } from '../../electron/console/contract.ts';

interface Asked {
  readonly trigger: Trigger;
  /** The line it was asked on, where that was kept. */
  readonly line?: TokenLine | undefined;
}

interface AskedFor {
  readonly appId: string;
  /** null: no longer known; only the path is then named. */
  readonly apiBase: string | null;
  /** The account's line now; null: no longer known. */
  readonly line: TokenLine | null;
}

/**
 * The request line of `attempt`, built from what is not secret: neither the AppSecret nor a token is anywhere near.
 * `hidden`: the word in their place. null: nothing was sent to WeChat, or nobody knows what.
 */
export function requestLine(attempt: Asked, account: AskedFor, hidden: string): string | null {
  if (attempt.trigger === 'reveal' || attempt.trigger === 'copy') return null;
  const origin = account.apiBase?.replace(/\/$/, '') ?? '';
  const left = `(${hidden})`;
  if (attempt.trigger === 'verify') return `GET ${origin}/cgi-bin/get_api_domain_ip?access_token=${left}`;
  const line = attempt.line ?? account.line;
  if (line === null) return null;
  const { appId } = account;
  if (line === 'stable') {
    const body = { grant_type: 'client_credential', appid: appId, secret: left };
    return `POST ${origin}/cgi-bin/stable_token ${JSON.stringify(body)}`;
  }
  return `GET ${origin}/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${left}`;
}
