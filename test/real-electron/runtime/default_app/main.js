// Runs the app whose folder is on the command line, as Electron's own default_app does (its default_app/main.ts), after
// the shim. `-r <module>` is loaded first: Playwright's launcher passes its loader so. An ES module that awaits the
// app's main, so that `ready` waits for it too.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron/main';

createRequire(import.meta.url)(path.join(process.resourcesPath, 'shim', 'shim.cjs'));

const required = [];
let folder = null;
for (const argv = process.argv.slice(1); argv.length > 0 && folder === null; ) {
  const arg = argv.shift();
  if (arg === '-r' || arg === '--require') required.push(argv.shift());
  else if (!arg.startsWith('-')) folder = path.resolve(arg);
}
if (required.length > 0) Module._preloadModules(required);
if (folder === null) {
  process.stderr.write('usage: electron <folder>\n');
  app.exit(2);
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  try {
    const text = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
    const { version, productName, name, desktopName, main = 'index.js' } = JSON.parse(text);
    if (version) app.setVersion(version);
    app.name = productName || name || app.name;
    if (desktopName) app.setDesktopName(desktopName);
    app.setAppPath(folder);
    await import(pathToFileURL(path.join(folder, main)).href);
  } catch (error) {
    process.stderr.write(`App threw an error during load\n${error.stack}\n`);
    dialog.showErrorBox('Error launching app', String(error.stack));
    app.exit(1);
  }
}
