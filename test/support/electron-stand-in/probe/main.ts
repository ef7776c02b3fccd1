/** A small app that shows what the stand-in does where the console itself never goes. */
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, net, protocol, session, type WebPreferences } from 'electron';

const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";
const PAGE = `<!doctype html><title>probe</title><body>
<script>window.inlineRan = true</script><script src="/page.js"></script></body>`;
/** What the page's first script sees. */
const SCRIPT = `window.seen = { probe: typeof window.probe, require: typeof require, process: typeof process,
  ipc: typeof window.standInIpc, post: typeof window.standInPost };`;

/** `--preferences={…}` changes what the window is opened with. */
function preferences(): WebPreferences {
  const given = process.argv.find((argument) => argument.startsWith('--preferences='));
  return {
    ...{ preload: join(import.meta.dirname, 'preload.cjs'), sandbox: true, contextIsolation: true },
    ...(given && (JSON.parse(given.slice('--preferences='.length)) as WebPreferences)),
  };
}

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);

ipcMain.handle('echo', (_event, value: unknown) => value);
ipcMain.handle('fail', () => {
  throw new TypeError('as it was meant to');
});
ipcMain.handle('give-function', () => () => 1);
ipcMain.handle('missing', () => (app as unknown as Record<string, () => void>).noSuchThing?.());
ipcMain.handle('who', ({ senderFrame, sender }) => ({
  origin: senderFrame?.origin,
  url: senderFrame?.url,
  isMain: senderFrame?.parent === null,
  isOurs: sender === BrowserWindow.getAllWindows()[0]?.webContents,
}));
ipcMain.on('port', ({ ports: [port] }) => {
  port?.on('message', ({ data }) => port.postMessage({ heard: data }));
  port?.once('close', () => app.emit('port-closed'));
  port?.start();
});
ipcMain.handle('fetch', async (_event, url: string) => (await net.fetch(url)).text());
ipcMain.handle('proxy', (_event, url: string) =>
  session.defaultSession.setProxy({ mode: 'fixed_servers', proxyRules: url }),
);
/** By `net.request`, with a word for the proxy; how it ended. */
ipcMain.handle('request', (_event, url: string, word: string) => {
  const request = net.request({ url });
  let asked = 0;
  request.on('login', (_asking, answer) => (asked++ === 0 ? answer('user', word) : answer()));
  const ended = new Promise((resolve) => {
    request.on('response', ({ statusCode }) => resolve({ asked, statusCode }));
    request.on('error', ({ message }) => resolve({ asked, message }));
  });
  request.end();
  return ended;
});
let closed = 0;
app.on('port-closed' as 'ready', () => {
  closed += 1;
});
ipcMain.handle('closed-ports', () => closed);

app.whenReady().then(() => {
  protocol.handle('app', ({ url, headers }) => {
    const isScript = new URL(url).pathname === '/page.js';
    const type = isScript ? 'text/javascript' : 'text/html';
    const all = {
      'Content-Type': type,
      'Content-Security-Policy': POLICY,
      'X-Asked': headers.get('x-ask') ?? '',
    };
    return new Response(isScript ? SCRIPT : PAGE, { headers: all });
  });
  const window = new BrowserWindow({ webPreferences: preferences() });
  return window.loadURL('app://probe/');
});
