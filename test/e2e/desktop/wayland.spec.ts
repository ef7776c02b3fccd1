/** On Wayland: the window is drawn, and a copied token leaves the clipboard or the app says that it has not yet. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { App } from '../../real-electron/app.ts';
import type { Desktop } from '../../real-electron/desktop/desktop.ts';
import { APP_ID, test as base, expect, type Tester } from './fixtures.ts';

/** A Wayland session, and what a person does in it. */
class Screen {
  readonly #desktop: Desktop;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #programs: ChildProcess[] = [];

  constructor(desktop: Desktop, env: Readonly<Record<string, string | undefined>>) {
    this.#desktop = desktop;
    this.#env = { ...desktop.env, ...env };
  }

  start(tester: Tester, ...args: string[]): Promise<App> {
    return tester.start({ args: ['--ozone-platform=wayland', '--vault', 'memory', ...args], env: this.#env });
  }

  /** Chooses the first item of the tray's menu that is called so. */
  async chooseInTray(tester: Tester, label: string): Promise<void> {
    await expect
      .poll(async () => (await tester.desktop.menu()).items.some(([, , text]) => text === label))
      .toBe(true);
    const { items } = await tester.desktop.menu();
    await tester.desktop.tell(`choose ${items.find(([, , text]) => text === label)?.[0]}`);
  }

  #spawn(program: string, ...args: string[]): ChildProcess {
    const env = Object.fromEntries(Object.entries(this.#env).filter(([, value]) => value !== undefined));
    const child = spawn(program, args, {
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#programs.push(child);
    return child;
  }

  /** What another program gets from the clipboard. It takes the focus to look, as wl-paste must. */
  async pasted(): Promise<string> {
    const child = this.#spawn('wl-paste', '--no-newline');
    let text = '';
    child.stdout?.on('data', (part) => (text += part));
    await new Promise((resolve) => child.once('close', resolve));
    return text;
  }

  /** Another program copies. */
  copy(text: string): void {
    this.#spawn('wl-copy', '--foreground', text);
  }

  /** Another window comes in front. */
  openOther(): ChildProcess {
    return this.#spawn('weston-terminal');
  }

  press(key: string): void {
    this.#desktop.run('xdotool', 'key', key);
  }

  /** How many pixels of the screen have this colour. */
  pixels(colour: string): number {
    const shown = this.#desktop.run(
      'sh',
      '-c',
      `import -window root png:- | convert png:- -fill black +opaque '${colour}' -fill white -opaque '${colour}' -format '%[fx:int(mean*w*h)]' info:`,
    );
    return Number(shown);
  }

  close(): void {
    for (const child of this.#programs) if (child.exitCode === null) child.kill('SIGKILL');
  }
}

type Session = Readonly<Record<string, string | undefined>>;

const test = base.extend<{ wayland: Screen }, { session: Session }>({
  session: [async ({ desktop }, use) => use(await desktop.wayland()), { scope: 'worker', timeout: 60_000 }],
  wayland: async ({ desktop, session }, use) => {
    const screen = new Screen(desktop, session);
    await use(screen);
    screen.close();
  },
});

/** What the window of an app that was not drawn has none of: the page's white. */
const DRAWN = 100_000;
/** The least the settings allow, and how soon an app in a hurry takes it to be over. */
const SECONDS = 10;
const HURRIED_MS = 1500;

interface Copied {
  readonly app: App;
  readonly page: Page;
  readonly token: string;
}

/** An account's page whose copy button was pressed by a real key; a token is due after 1.5 s instead of 10. */
async function copyByKey(tester: Tester, screen: Screen): Promise<Copied> {
  const app = await screen.start(tester);
  const page = await app.page();
  await tester.addAccount(app);
  await app.run('preferences.set', { changes: { clipboardSeconds: SECONDS } });
  const token = (await app.run('tokens.reveal', { appId: APP_ID })).accessToken;
  await app.electron.evaluate(
    (_electron, [from, to]) => {
      const own = globalThis.setTimeout;
      globalThis.setTimeout = ((work: () => void, ms: number) =>
        own(work, ms === from ? to : ms)) as unknown as typeof setTimeout;
    },
    [SECONDS * 1000, HURRIED_MS] as const,
  );
  await page.evaluate((hash) => location.assign(hash), `#/account/${APP_ID}`);
  await page.getByRole('button', { name: '复制令牌' }).focus();
  screen.press('Return');
  await expect(page.getByRole('button', { name: '已复制' })).toBeVisible();
  return { app, page, token };
}

/** The window is in front again, and a person does something in it. */
async function goBack(app: App, screen: Screen): Promise<void> {
  await expect.poll(async () => (await app.window())?.isFocused).toBe(true);
  screen.press('Tab');
}

/** What a second start tells the first one (background.spec.ts starts one). */
function startAgain(app: App): Promise<unknown> {
  return app.electron.evaluate((electron) => {
    const emit = electron.app.emit as (event: string, ...args: unknown[]) => boolean;
    return emit.call(electron.app, 'second-instance', {}, [], '', null);
  });
}

/** Waits until the desktop has been asked to show a notice of this title. */
function noticed(tester: Tester, title: string): Promise<void> {
  const titles = () => tester.desktop.seen.flatMap((seen) => (seen.what === 'notice' ? seen.summary : []));
  return expect.poll(titles).toContain(title);
}

const banner = (page: Page) => page.getByRole('region', { name: '通知' });
const STILL_THERE = '复制的令牌可能还在剪贴板上';

test('the window is drawn, hears keys, and comes back from being minimised and hidden', async ({
  tester,
  wayland,
}) => {
  const app = await wayland.start(tester);
  const page = await app.page();
  await expect.poll(() => wayland.pixels('#ffffff')).toBeGreaterThan(DRAWN);
  wayland.press('ctrl+comma');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  for (const away of ['minimize', 'hide'] as const) {
    await app.act(away);
    const cover = wayland.openOther(); // Weston draws anew only where something changes
    await expect.poll(() => wayland.pixels('#ffffff')).toBeLessThan(DRAWN);
    cover.kill('SIGKILL');
    await startAgain(app);
    await expect.poll(() => wayland.pixels('#ffffff')).toBeGreaterThan(DRAWN);
  }
});

test('started at login without a tray it is minimised, and a second start shows it', async ({
  tester,
  wayland,
}) => {
  await tester.desktop.tell('trays off');
  const app = await wayland.start(tester, '--autostart');
  await expect.poll(async () => (await app.window())?.isMinimized).toBe(true);
  // Weston takes the window off the screen some time after the app calls it minimised.
  await expect.poll(() => wayland.pixels('#ffffff')).toBeLessThan(DRAWN);
  await startAgain(app);
  await expect.poll(() => wayland.pixels('#ffffff')).toBeGreaterThan(DRAWN);
  await tester.desktop.tell('trays on');
});

test('a copied token is on the clipboard, and gone in time, with the window in front', async ({
  tester,
  wayland,
}) => {
  const { page } = await copyByKey(tester, wayland);
  wayland.press('Tab'); // Weston wants a key that is newer than the copy's
  await wait(HURRIED_MS + 600);
  await expect(banner(page)).not.toContainText(STILL_THERE);
  expect((await wayland.pasted()).trim()).toBe(''); // a blank, where the desktop keeps a copy
});

test('with another window in front the app says that it may still be there, and takes it off when it is back', async ({
  tester,
  wayland,
}) => {
  const { app, page, token } = await copyByKey(tester, wayland);
  const other = wayland.openOther();
  await expect(banner(page)).toContainText(STILL_THERE);
  await noticed(tester, '令牌可能还在剪贴板上');
  expect(await wayland.pasted()).toBe(token);
  other.kill('SIGKILL'); // a terminal does not end by less
  await goBack(app, wayland);
  await expect(banner(page)).toContainText('复制的令牌已从剪贴板清除');
  expect((await wayland.pasted()).trim()).toBe(''); // a blank, where the desktop keeps a copy
});

test('what another program copied meanwhile is left alone', async ({ tester, wayland }) => {
  const { app, page } = await copyByKey(tester, wayland);
  wayland.copy('a shopping list');
  await wait(HURRIED_MS + 600);
  await goBack(app, wayland);
  await expect(banner(page)).not.toContainText(STILL_THERE);
  await wait(600);
  expect(await wayland.pasted()).toBe('a shopping list');
});

test('copying from the tray goes to the page’s button, and says so', async ({ tester, wayland }) => {
  const app = await wayland.start(tester);
  const page = await app.page();
  await tester.addAccount(app);
  wayland.copy('a shopping list');
  await expect.poll(() => wayland.pasted()).toBe('a shopping list'); // before anything else wants the focus
  const other = wayland.openOther();
  await expect.poll(async () => (await app.window())?.isFocused).toBe(false);
  expect(await app.ask('tokens.copy', { appId: APP_ID })).toMatchObject({
    error: { code: 'window-not-active' },
  });
  await wayland.chooseInTray(tester, '复制令牌');
  await expect(page).toHaveURL(new RegExp(`#/account/${APP_ID}$`));
  await noticed(tester, '还没有复制“商城”的令牌');
  expect(await wayland.pasted()).toBe('a shopping list');
  other.kill('SIGKILL'); // a terminal does not end by less
});

test('quitting takes it off', async ({ tester, wayland }) => {
  const { app } = await copyByKey(tester, wayland);
  wayland.press('ctrl+q');
  await app.ended();
  expect((await wayland.pasted()).trim()).toBe(''); // a blank, where the desktop keeps a copy
});
