/** What is in a token file, and how the console knows its own again. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TokenFile } from '../console/contract.ts';
import type { HandedToken } from '../console/handout.ts';

/** What this console has put where: the path, and the SHA-256 of its content now and before. */
export const writtenFile = z.object({ path: z.string(), hashes: z.array(z.string()).max(2) });
export type WrittenFile = z.infer<typeof writtenFile>;

/** `expires_in` in whole seconds, as it is when the file is written; `expires_at` in ms, as at the gateway. */
export function contentOf(appId: string, file: TokenFile, token: HandedToken, now: number): string {
  if (file.format === 'bare') return token.accessToken;
  const { accessToken, endsAt } = token;
  const expiresIn = Math.floor((endsAt - now) / 1000);
  return JSON.stringify({
    access_token: accessToken,
    expires_in: expiresIn,
    expires_at: endsAt,
    app_id: appId,
  });
}

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Whether a console has written this for the account: known by its hash or, as JSON, by what it says. */
export function isOurs(appId: string, written: WrittenFile | null, content: string): boolean {
  const { app_id, access_token } = jsonOf(content);
  return (
    written?.hashes.includes(hashOf(content)) === true ||
    (app_id === appId && typeof access_token === 'string')
  );
}

/** Whether a file may go now that there is no token: this console wrote it, or it says itself that it is over. */
export function isDead(appId: string, written: WrittenFile | null, content: string, now: number): boolean {
  if (written?.hashes.includes(hashOf(content))) return true;
  const { app_id, expires_at } = jsonOf(content);
  return app_id === appId && typeof expires_at === 'number' && expires_at <= now;
}

function jsonOf(content: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(content) };
  } catch {
    return {};
  }
}
