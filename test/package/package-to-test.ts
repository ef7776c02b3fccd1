/** Which package is tested: the one at WTC_TEST_PACKAGE, else one made here on the Electron that is on this machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testRuntime } from '../real-electron/app.ts';

export interface PackageToTest {
  /** Null where the package has yet to be made. */
  readonly folder: string | null;
  /** Of the Electron in it. */
  readonly version: string;
}

/** Null where there is no Electron to make one of. */
export function packageToTest(env = process.env): PackageToTest | null {
  const folder = env.WTC_TEST_PACKAGE;
  if (folder) return { folder, version: versionIn(executableIn(folder)) };
  const runtime = testRuntime();
  return runtime && { folder: null, version: runtime.version };
}

export const executableIn = (folder: string): string => join(folder, 'wechat-token-console');

/** As the program itself tells servers; a package holds no other word of it. */
function versionIn(executable: string): string {
  const bytes = readFileSync(executable);
  const at = bytes.indexOf(' Electron/');
  const [, version] = /^ Electron\/([\w.-]+)/.exec(bytes.toString('latin1', at, at + 60)) ?? [];
  if (at === -1 || version === undefined) throw new Error(`${executable} is no Electron`);
  return version;
}
