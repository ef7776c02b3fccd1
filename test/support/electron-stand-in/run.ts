/**
 * Runs an app as Electron would: `run.ts <folder of the app> [arguments]`, with a channel to the process that has
 * the browser. The app's own files are not changed; only where `electron` is found is.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserCalls } from './calls.ts';

const [exec = '', , folder = '', ...args] = process.argv;
// As Electron gives it for an app that is not packaged.
process.argv = [exec, folder, ...args];
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(folder, 'node_modules') });

const electron = pathToFileURL(join(import.meta.dirname, 'module.ts')).href;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: electron, format: 'module-typescript', shortCircuit: true };
    return next(specifier, context);
  },
});

// After argv: the parts read the app's folder from it.
const { becomeReady, lastTasks } = await import('./app.ts');
const { appCalls, record } = await import('./drive.ts');
const { createPeer } = await import('./peer.ts');
const { machine, setBrowser } = await import('./world.ts');
// Node's own modules have read theirs already.
Object.defineProperty(process, 'platform', { value: machine.platform });

const peer = createPeer<BrowserCalls>((message) => {
  if (!process.connected) return false;
  process.send?.(message);
  return true;
}, appCalls);
process.on('message', (message) => peer.take(message));
process.on('disconnect', () => process.exit(1));
setBrowser(peer);
lastTasks.push(async () => peer.ask('ended', await record()));

const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string };
await import(pathToFileURL(join(folder, main)).href);
becomeReady();
