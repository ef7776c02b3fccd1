// The least that an app with a window can be: what npm run bench measures the console against.
import { app, BrowserWindow } from 'electron';

app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false, width: 1180, height: 760 });
  window.once('ready-to-show', () => window.show());
  window.loadURL('data:text/html,<title>empty</title>');
});
