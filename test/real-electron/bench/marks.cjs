// Loaded before an app by -r: says on stderr when its window was first shown and when a countdown stood in it.
// WTC_BENCH_HIDE_MS: hides the window then, for what an app costs that nobody looks at.
const { app } = require('electron');

const say = (name) => process.stderr.write(`MARK ${name} ${Date.now()}\n`);
const HAS_COUNTDOWN = String.raw`/\d:\d\d:\d\d/.test(document.body.innerText)`;

app.on('browser-window-created', (_event, window) => {
  if (window.isVisible()) say('shown');
  else window.once('show', () => say('shown'));
  window.webContents.on('did-finish-load', () => {
    const looking = setInterval(async () => {
      const isThere = await window.webContents.executeJavaScript(HAS_COUNTDOWN).catch(() => false);
      if (!isThere) return;
      clearInterval(looking);
      say('countdown');
    }, 25);
    setTimeout(() => clearInterval(looking), 3000);
  });
  const hideMs = Number(process.env.WTC_BENCH_HIDE_MS);
  if (hideMs > 0) setTimeout(() => window.hide(), hideMs);
});
