/** Before the tests: the package, unless one was given, and a copy of it without fuses to compare with. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { testRuntime } from '../real-electron/app.ts';
import { executableIn } from './package-to-test.ts';
import { stagePackage } from './stage.ts';

/** Tells the tests by their environment where both lie. */
export default async function pack(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'wtc-package-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const given = process.env.WTC_TEST_PACKAGE;
    const app = given ? resolve(given) : await stage(folder);
    const loose = join(folder, 'loose');
    cpSync(app, loose, { recursive: true });
    await loosen(executableIn(loose));
    Object.assign(process.env, { WTC_PACKED: app, WTC_PACKED_LOOSE: loose });
    return remove;
  } catch (error) {
    remove();
    throw error;
  }
}

async function stage(folder: string): Promise<string> {
  const runtime = testRuntime();
  if (runtime === null) throw new Error('there is no Electron here: npm run test:package fetches one');
  return stagePackage(folder, runtime);
}

/** What each fuse forbids, allowed. */
async function loosen(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
  });
}
