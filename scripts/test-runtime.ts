/** The Electron that the desktop app is tested on: the one that ships where it was downloaded, else an older real one. */
import { runtimeName, testRuntime } from '../test/real-electron/app.ts';
import { whyNoDesktop } from '../test/real-electron/desktop/desktop.ts';
import { realElectron } from '../test/real-electron/runtime.ts';
import { electronRuntime } from './electron-runtime.ts';

export type Prepared =
  /** What the run may claim: `on a real Electron 33.2.1 (the app ships 45)`. */
  { readonly name: string; readonly reason: null } | { readonly name: null; readonly reason: string };

/** Fetches the older one where the one that ships is not there; `root`: the project's folder. */
export async function prepareElectron(root: string): Promise<Prepared> {
  const lacks = process.platform === 'linux' ? whyNoDesktop() : null;
  if (lacks !== null) return { name: null, reason: lacks };
  if (electronRuntime(root).path === null) {
    const { reason } = await realElectron();
    if (reason !== null) return { name: null, reason };
  }
  const runtime = testRuntime();
  if (runtime === null) return { name: null, reason: 'there is no Electron on this machine' };
  return { name: runtimeName(runtime), reason: null };
}
