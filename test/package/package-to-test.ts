/** Which package is tested: the one at WTC_TEST_PACKAGE, else one made here on the Electron that is on this machine. */
import { join } from 'node:path';
import { testRuntime, versionOf } from '../real-electron/app.ts';

export type PackageToTest =
  | { readonly folder: string | null; readonly version: string; readonly reason: null }
  | { readonly folder: null; readonly reason: string };

/** `folder` is null where the package has yet to be made; `reason`: why none can be had. */
export function packageToTest(env = process.env): PackageToTest {
  const given = env.WTC_TEST_PACKAGE;
  if (given) return { folder: given, version: versionOf(given), reason: null };
  const runtime = testRuntime();
  if (runtime === null) return { folder: null, reason: 'there is no Electron on this machine' };
  return { folder: null, version: runtime.version, reason: null };
}

export const executableIn = (folder: string): string => join(folder, 'wechat-token-console');
