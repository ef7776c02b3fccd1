/** The page in its window: drawn, where it may go, and what happens when its process ends. */
import { APP_ID, expect, test } from './fixtures.ts';

const MEMORY = ['--vault', 'memory'];

test('the window is there, in front, with the page of our own scheme and its policy', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  expect(await app.windows()).toEqual([{ isVisible: true, isMinimized: false, isFocused: true }]);
  expect(tester.titles()).toEqual([expect.stringContaining('微信令牌控制台')]);
  const seen = await page.evaluate(async () => {
    const status = async (url: string, method = 'GET') =>
      fetch(url, { method }).then(
        (answer) => answer.status,
        () => 'refused',
      );
    const violations: string[] = [];
    addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    return {
      origin: location.origin,
      isSecure: isSecureContext,
      globals: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
      answers: [
        await status('/nothing'),
        await status('/', 'POST'),
        await status('/%2e%2e/%2e%2e/package.json'),
        await status('http://127.0.0.1:1/'),
        await status('file:///etc/passwd'),
      ],
      asked: await Promise.all(
        ['clipboard-read', 'clipboard-write', 'geolocation', 'notifications'].map(
          async (name) => (await navigator.permissions.query({ name: name as 'geolocation' })).state,
        ),
      ),
      ran: Reflect.get(window, 'ran') === true,
      violations,
    };
  });
  expect(seen).toEqual({
    origin: 'app://console',
    isSecure: true,
    globals: ['undefined', 'undefined'],
    ran: false,
    violations: ['script-src-elem', 'connect-src', 'connect-src'],
    answers: [404, 405, 404, 'refused', 'refused'],
    asked: ['denied', 'granted', 'denied', 'denied'],
  });
});

test('the page loads itself again; links of the list go to the browser, all others nowhere', async ({
  tester,
}) => {
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = async (url) => void opened.push(url);
  });
  const opened = () => app.read(() => Reflect.get(globalThis, 'opened') as string[]);
  const birth = () => page.evaluate(() => performance.timeOrigin).catch(() => null);
  const before = await birth();
  await page.evaluate(() => void setTimeout(() => location.reload(), 0));
  await expect.poll(birth).not.toBe(before);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const reloaded = await birth();

  const click = (href: string, target: string) =>
    page.evaluate(
      ([address, name]) => {
        const link = Object.assign(document.createElement('a'), { href: address, target: name });
        document.body.append(link);
        link.click();
        link.remove();
      },
      [href, target] as const,
    );
  await click('https://mp.weixin.qq.com/plain', '');
  await expect.poll(opened).toEqual(['https://mp.weixin.qq.com/plain']);
  await click('https://developers.weixin.qq.com/aside', '_blank');
  await expect.poll(opened).toHaveLength(2);
  for (const away of [
    'https://example.com/',
    'https://mp.weixin.qq.com.evil.example/',
    'file:///etc/passwd',
  ]) {
    await click(away, '');
    await click(away, '_blank');
  }
  await page.evaluate(() => {
    window.open('app://console/');
    location.href = 'data:text/html,away';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
  });
  await page.waitForTimeout(400);
  expect(await opened()).toEqual([
    'https://mp.weixin.qq.com/plain',
    'https://developers.weixin.qq.com/aside',
  ]);
  expect(await birth()).toBe(reloaded);
  expect(page.url()).toMatch(/^app:\/\/console\//);
  expect(
    page
      .frames()
      .map((frame) => frame.url())
      .filter((url) => url.includes('example')),
  ).toEqual([]);
  expect(await app.windows()).toHaveLength(1);
});

test('a page whose process ends is loaded again where it was; the fourth time in a minute it asks first', async ({
  tester,
}) => {
  const app = await tester.start({ args: MEMORY });
  const page = await app.page();
  await tester.addAccount(app);
  await app.open(`#/account/${APP_ID}`);
  await page.getByRole('heading', { level: 1, name: '商城' }).waitFor();
  const contents = () =>
    app.read(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return null;
      const script = 'document.querySelector("h1")?.textContent ?? null';
      const heading: Promise<string | null> = window.webContents.executeJavaScript(script);
      // A page that ends meanwhile leaves it open for ever.
      return Promise.race([heading, new Promise<null>((resolve) => setTimeout(resolve, 500, null))]);
    });
  const crash = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  for (let time = 1; time <= 3; time++) {
    await expect.poll(contents).toBe('商城');
    await crash();
  }
  await expect.poll(contents).toBe('商城');
  await crash();
  await expect.poll(() => tester.titles().length).toBe(2); // the question
  tester.desktop.run('xdotool', 'key', 'Return');
  await expect.poll(contents).toBe('商城');
  expect(app.said).toContain('the page has ended');
});

test('a page whose process ends before the console is loaded is loaded again as well', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  const page = app.electron.firstWindow();
  await app.electron.evaluate(async ({ app: electron, BrowserWindow }) => {
    const crash = (window: Electron.BrowserWindow) => window.webContents.forcefullyCrashRenderer();
    const [window] = BrowserWindow.getAllWindows();
    if (window) return crash(window);
    const opened = new Promise<Electron.BrowserWindow>((resolve) =>
      electron.once('browser-window-created', (_event, created) => resolve(created)),
    );
    const created = await opened;
    await new Promise((resolve) => created.webContents.once('did-navigate', resolve));
    crash(created);
  });
  await page.catch(() => null);
  const heading = () =>
    app.read(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents || contents.isCrashed() || contents.isLoading()) return null;
      const asked: Promise<boolean> = contents.executeJavaScript('document.querySelector("h1") !== null');
      return Promise.race([asked, new Promise<null>((resolve) => setTimeout(resolve, 500, null))]);
    });
  await expect.poll(heading).toBe(true);
  expect(app.said).toContain('the page has ended');
});

test('a page that is not our window’s may not use the bridge', async ({ tester }) => {
  const app = await tester.start({ args: MEMORY });
  await app.page();
  const preload = await app.read(({ app: electron }) => `${electron.getAppPath()}/dist/preload.cjs`);
  const answer = await app.electron.evaluate(async ({ BrowserWindow }, path) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } });
    await other.loadURL('app://console/');
    const ask = `tokenConsole.commands['state.get']({})`;
    return (await other.webContents.executeJavaScript(ask)) as unknown;
  }, preload);
  expect(answer).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  expect(app.said).toContain('a message from a foreign sender was refused');
});
