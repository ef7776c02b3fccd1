/** The package does what the app does from its folder: out of the archive, with the system's keyring, and it ends. */
import { globSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../electron/sandbox/server.ts';
import { type FuseName, readFuses, wrongFuses } from '../../scripts/fuses.ts';
import { expect, test } from './fixtures.ts';
import { executableIn } from './package-to-test.ts';
import type { PackagedApp } from './packaged-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const APP_ID = 'wx00000000000000a1';
const SECRET = 'sandbox-secret-of-the-shop';

const require = createRequire(import.meta.url);
const { load } = createRequire(require.resolve('app-builder-lib'))('js-yaml') as {
  load(text: string): { electronFuses: Record<FuseName, boolean> };
};

test('has every fuse as it was decided', ({ packaged }) => {
  const decided = load(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')).electronFuses;
  const wires = readFuses(readFileSync(executableIn(packaged.folder)));
  expect(wires.flatMap((wire) => wrongFuses(wire, decided))).toEqual([]);
  const undone = readFuses(readFileSync(executableIn(packaged.loose)));
  expect(undone.flatMap((wire) => wrongFuses(wire, decided))).toHaveLength(5);
});

async function addAccount(app: PackagedApp, sandbox: Sandbox): Promise<void> {
  sandbox.world.add({ appId: APP_ID, secret: SECRET });
  const account = { appId: APP_ID, name: '商城', kind: 'official', line: 'stable', secret: SECRET } as const;
  await app.run('accounts.add', { ...account, apiBase: sandbox.url });
  await expect.poll(async () => (await app.run('state.get', {})).accounts[0]?.phase).toBe('live');
}

/** What the process has mapped or open under the package's folder. */
function inUse({ pid }: PackagedApp, folder: string): string[] {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\/.*$/gm) ?? [];
  const open = readdirSync(`/proc/${pid}/fd`).map((name) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return ''; // closed meanwhile
    }
  });
  const all = [...maps, ...open].filter((path) => path.startsWith(join(folder, 'resources')));
  return [...new Set(all)].map((path) => path.slice(folder.length + 1));
}

function filesWith(text: string, folder: string): string[] {
  const paths = globSync('**/*', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  expect(paths.length).toBeGreaterThan(3);
  return paths.filter((path) => readFileSync(join(folder, path)).includes(text));
}

test('keeps a secret in the keyring, ends at SIGTERM, and has the same token again without a call', async ({
  packaged,
}) => {
  const { desktop, folder, scratch } = packaged;
  const sandbox = await startSandbox();
  const first = packaged.start(folder, { args: ['--data-dir', scratch] });
  await addAccount(first, sandbox);
  const { accessToken } = await first.run('tokens.reveal', { appId: APP_ID });

  const used = inUse(first, folder);
  expect(used).toContain('resources/app.asar');
  expect(used).toContain('resources/app.asar.unpacked/node_modules/keytar/build/Release/keytar.node');
  const kept = (part: string) =>
    desktop.run('secret-tool', 'lookup', 'service', 'wechat-token-console', 'account', `${APP_ID}/${part}`);
  expect(kept('secret')).toBe(SECRET);
  expect(JSON.parse(kept('token'))).toMatchObject({ accessToken });
  expect(await first.stop()).toEqual({ code: 0, signal: null });
  for (const text of [SECRET, accessToken]) expect(filesWith(text, scratch)).toEqual([]);

  const calls = sandbox.world.calls().length;
  const second = packaged.start(folder, { args: ['--data-dir', scratch] });
  await expect.poll(async () => (await second.run('state.get', {})).accounts[0]?.phase).toBe('live');
  expect(await second.run('tokens.reveal', { appId: APP_ID })).toMatchObject({ accessToken });
  expect(sandbox.world.calls()).toHaveLength(calls);
  expect(await second.stop()).toEqual({ code: 0, signal: null });
  await sandbox.close();
});

test('belongs to its entry in the menu, and shows its icon', async ({ packaged }) => {
  const { desktop, folder, scratch } = packaged;
  const app = packaged.start(folder, { args: ['--data-dir', scratch, '--vault', 'memory'] });
  await app.page();
  const search = ['search', '--sync', '--onlyvisible', '--class', 'wechat-token-console'];
  const [window = ''] = desktop.run('xdotool', ...search).split('\n');
  // StartupWMClass in the entry (test/unit/packaging/config.spec.ts).
  expect(desktop.run('xprop', '-id', window, 'WM_CLASS')).toMatch(/, "wechat-token-console"$/);
  const words = desktop.run('xprop', '-id', window, '-notype', '32c', '_NET_WM_ICON').match(/\d+/g) ?? [];
  const [width, height, ...pixels] = words.map(Number);
  expect([width, height]).toEqual([256, 256]);
  const green = pixels.filter((pixel) => isGreen(pixel)).length;
  expect(green / pixels.length).toBeGreaterThan(0.2);
});

/** As the icon is (build/icon.svg); the toolkit's own is grey and blue. */
function isGreen(pixel: number): boolean {
  const [alpha = 0, red = 0, green = 0, blue = 0] = [24, 16, 8, 0].map((by) => (pixel >>> by) & 255);
  return alpha > 200 && green > red + 40 && green > blue;
}
