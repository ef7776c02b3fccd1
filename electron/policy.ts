/** The administrators' policy file: what it settles cannot be changed in the console. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { gatewaySettings, preferences, proxySettings } from './console/contract.ts';
import type { Policy } from './console/policy.ts';

const policyFile = z.strictObject({
  gateway: gatewaySettings.optional(),
  /** Its password could only stand here in plain: a proxy that asks who this is is for the user to set. */
  proxy: proxySettings
    .refine((proxy) => proxy.mode !== 'manual' || proxy.username === null, 'must have no username')
    .optional(),
  /** false: this app is updated by other means. */
  updates: z.union([z.literal(false), preferences.shape.updates]).optional(),
  language: z.enum(['zh', 'en']).optional(),
});

type Env = Readonly<Record<string, string | undefined>>;

/** Where administrators put it: a folder of the system's that its users cannot write to. */
export function policyPath(platform: NodeJS.Platform, env: Env): string {
  const name = 'wechat-token-console';
  // Not ProgramData, where every user may make folders.
  if (platform === 'win32') return join(env.ProgramFiles ?? 'C:\\Program Files', name, 'policy.json');
  if (platform === 'darwin') return join('/Library/Application Support', name, 'policy.json');
  return join('/etc', name, 'policy.json');
}

/**
 * Reads the policy. A file that is there and cannot be followed settles nothing but updates, which are then off,
 * and `fault` says why. On POSIX systems it must belong to root (or to the user that runs this) and be writable
 * by its owner only.
 */
export function readPolicy(path: string): Policy {
  try {
    const faults = faultOfOwner(path);
    if (faults !== null) return ignored(path, faults);
    // Editors and PowerShell on Windows begin a UTF-8 file with a byte order mark, which is no JSON.
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const parsed = policyFile.safeParse(JSON.parse(text));
    if (parsed.success) return { ...parsed.data, fault: null };
    const list = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'} ${issue.message}`);
    return ignored(path, list.join('; '));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { fault: null };
    return ignored(path, error instanceof SyntaxError ? 'is not JSON' : String(error));
  }
}

function ignored(path: string, why: string): Policy {
  return { updates: false, fault: `${path}: ${why}` };
}

function faultOfOwner(path: string): string | null {
  const { uid, mode } = statSync(path);
  if (process.getuid === undefined) return null;
  if (uid !== 0 && uid !== process.getuid()) return 'belongs to another user than root';
  return (mode & 0o022) === 0 ? null : 'can be written by others than its owner';
}
