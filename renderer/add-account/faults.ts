import type { CommandError } from '../../electron/console/contract.ts';

/** The console's message for the field at `path`, where it has one. */
export function faultAt(error: CommandError | null, path: string): string | undefined {
  return error?.faults?.find((fault) => fault.path === path || fault.path.endsWith(`.${path}`))?.message;
}
