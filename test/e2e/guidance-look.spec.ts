/**
 * The page of every trouble, every other one in each language and theme, at each size: nothing cut off, nothing that axe
 * objects to.
 */
import type { AccountSettings } from '../../electron/sandbox/account.ts';
import type { Fault } from '../../electron/sandbox/faults.ts';
import { type ClockDesk, expect, test } from './clock-fixtures.ts';
import { expectToBeAccessible, expectToFit, hasTurn, LOOKS } from './looks.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Trouble {
  readonly name: string;
  readonly settings?: Partial<AccountSettings>;
  readonly fault?: Fault;
  readonly secret?: string;
  readonly line?: 'standard' | 'stable';
  readonly apiBase?: string;
}

const code = (errcode: number, errmsg = 'said the sandbox'): Fault => ({ kind: 'errcode', errcode, errmsg });

const TROUBLES: readonly Trouble[] = [
  { name: 'awaiting', settings: { confirmation: true } },
  { name: 'refused', settings: { confirmation: true } },
  { name: 'refused-twice', settings: { confirmation: true } },
  { name: 'whitelist-official', settings: { whitelist: [] } },
  { name: 'whitelist-mini', settings: { whitelist: [], kind: 'mini' } },
  { name: 'secret-wrong', secret: 'sandbox-secret-of-another' },
  { name: 'secret-frozen', settings: { standing: 'secret-frozen' } },
  { name: 'app-id', fault: code(40013, 'invalid appid') },
  { name: 'account-frozen', settings: { standing: 'account-frozen' } },
  { name: 'barred', settings: { standing: 'barred' } },
  { name: 'third-party', settings: { standing: 'third-party' } },
  { name: 'quota-standard', settings: { dailyLimit: 0 }, line: 'standard' },
  { name: 'quota-stable', settings: { dailyLimit: 0 } },
  { name: 'busy', fault: code(-1, 'system error') },
  { name: 'too-often', settings: { minuteLimit: 0 } },
  { name: 'unknown-code', fault: code(87009, 'something nobody has written about') },
  { name: 'timeout', fault: { kind: 'no-answer' } },
  { name: 'reset', fault: { kind: 'reset' } },
  { name: 'captive-page', fault: { kind: 'captive-page' } },
  { name: 'redirect', fault: { kind: 'redirect' } },
  { name: 'http-status', fault: { kind: 'status', status: 502 } },
  { name: 'too-large', fault: { kind: 'oversized', bytes: 100_000 } },
  { name: 'dns', apiBase: 'https://wechat.invalid' },
  { name: 'connection-refused', apiBase: 'http://127.0.0.1:9' },
];

const appIdOf = (n: number) => `wx${(0xb0 + n).toString(16).padStart(16, '0')}`;
const SECRET = 'sandbox-secret-of-a-trouble';

async function add({ console }: ClockDesk, trouble: Trouble, n: number): Promise<void> {
  const { world } = console.sandbox;
  const appId = appIdOf(n);
  const kind = trouble.settings?.kind ?? 'official';
  world.add({ appId, secret: SECRET, ...trouble.settings });
  if (trouble.fault) world.inject(trouble.fault, { appId });
  if (trouble.name.startsWith('refused')) world.refuse(appId);
  await console.add({
    ...{ appId, name: trouble.name, kind, line: trouble.line ?? 'stable', secret: trouble.secret ?? SECRET },
    ...(trouble.apiBase && { apiBase: trouble.apiBase }),
  });
  await console.until(({ lastAttempt }) => lastAttempt !== null, appId);
}

/** Everybody's trouble, an hour old: the first refusal is over, the second one is not. */
async function addAll(desk: ClockDesk): Promise<void> {
  await Promise.all(TROUBLES.map((trouble, n) => add(desk, trouble, n)));
  const twice = appIdOf(TROUBLES.findIndex(({ name }) => name === 'refused-twice'));
  await desk.advance(HOUR + MINUTE);
  await desk.console.run('tokens.refresh', { appId: twice });
  desk.console.sandbox.world.refuse(twice);
  await desk.console.run('tokens.refresh', { appId: twice });
}

async function look({ page }: ClockDesk, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectToFit(page, name, true);
  await expectToBeAccessible(page, name);
}

/** The dialogs, each over the account it belongs to: how it is opened from the menu. */
const DIALOGS = [
  { name: 'move', line: 'standard', item: /换到稳定版…|stable line…/ },
  { name: 'force', line: 'stable', item: /^强制刷新|^Force/ },
  { name: 'drill', line: 'stable', item: /令牌泄漏|leaked/i },
  { name: 'secret', line: 'stable', item: /更换 AppSecret|Replace AppSecret/ },
  { name: 'edit', line: 'standard', item: /编辑账号|Edit account/ },
] as const;

async function lookAtDialogs(
  desk: ClockDesk,
  ending: string,
  isTurn: (index: number) => boolean,
): Promise<void> {
  const { page, console } = desk;
  for (const [n, line] of (['standard', 'stable'] as const).entries()) {
    const appId = appIdOf(100 + n);
    console.sandbox.world.add({ appId, secret: SECRET });
    await console.add({ appId, name: line, line, secret: SECRET });
    await console.until(({ phase }) => phase === 'live', appId);
    await desk.open(`#/account/${appId}`);
    await expect(page.getByRole('heading', { level: 1, name: line })).toBeVisible();
    for (const { name, item } of DIALOGS.filter((dialog, index) => dialog.line === line && isTurn(index))) {
      await page.getByRole('button', { name: /更多操作|More actions/ }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').waitFor();
      await look(desk, `dialog-${name}-${ending}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  }
}

for (const { locale, colorScheme } of LOOKS) {
  test.describe(`${locale}, ${colorScheme}`, () => {
    test.use({
      locale,
      colorScheme,
      harness: { waits: { connectTimeoutMs: 300, answerTimeoutMs: 300 } },
    });

    test('the page of every trouble', async ({ desk }) => {
      test.setTimeout(180_000);
      const { page } = desk;
      const isTurn = (index: number) => hasTurn(index, colorScheme);
      await addAll(desk);
      for (const [n, { name }] of TROUBLES.entries()) {
        if (!isTurn(n)) continue;
        await desk.open(`#/account/${appIdOf(n)}`);
        await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
        await look(desk, `trouble-${name}-${locale}-${colorScheme}`);
      }
      await desk.open('#/confirmations');
      await look(desk, `confirmations-${locale}-${colorScheme}`);
      await lookAtDialogs(desk, `${locale}-${colorScheme}`, isTurn);
    });
  });
}
