/** The console's own settings as a page sees them, answered from memory. */
import type {
  Ability,
  Answer,
  ConsoleEvent,
  PreferencesView,
  ShieldView,
  StateView,
  TokenConsole,
  UpdateView,
} from '../../electron/console/contract.ts';
import { emptyState } from './fake-console.ts';

/** What the app with a window can do. */
export const DESKTOP: readonly Ability[] = [
  'background',
  'login',
  'notices',
  'clipboard',
  'shield',
  'screen-protection',
  'updates',
  'open-data-folder',
  'open-logs',
  'open-licences',
];

export interface FakeSettings {
  readonly abilities?: readonly Ability[];
  readonly preferences?: Partial<PreferencesView['values']>;
  readonly managed?: PreferencesView['managed'];
  readonly proxy?: PreferencesView['proxy'];
  readonly shield?: Partial<ShieldView>;
  readonly update?: Partial<UpdateView>;
}

export interface OwnState {
  view(): Omit<StateView, 'accounts' | 'vault' | 'notices' | 'version'>;
  preferences: PreferencesView;
  shield: ShieldView;
  update: UpdateView;
}

/** The passphrase that opens the fake's lock. */
export const FAKE_PASSPHRASE = 'words of the test';

export function ownState(options: FakeSettings): OwnState {
  const { preferences, shield, update } = emptyState;
  return {
    preferences: {
      ...preferences,
      values: { ...preferences.values, ...options.preferences },
      proxy: options.proxy ?? preferences.proxy,
      managed: [...(options.managed ?? [])],
    },
    shield: { ...shield, ...options.shield },
    update: { ...update, ...options.update },
    view() {
      const abilities = [...(options.abilities ?? [])];
      return {
        gateway: null,
        abilities,
        preferences: this.preferences,
        shield: this.shield,
        update: this.update,
      };
    },
  };
}

type SettingsCommands = Pick<
  TokenConsole['commands'],
  | 'accounts.export'
  | 'accounts.import'
  | 'preferences.set'
  | 'network.setProxy'
  | 'network.test'
  | 'shield.lock'
  | 'shield.unlock'
  | 'shield.setPassphrase'
  | 'updates.check'
  | 'updates.install'
  | 'diagnostics.get'
  | 'host.open'
>;

const done = <Value>(value: Value): Answer<Value> => ({ ok: true, value });
const wrong = {
  ok: false,
  error: { code: 'wrong-passphrase', message: 'This is not the passphrase.' },
} as const;

export function fakeSettingsCommands(own: OwnState, tell: (event: ConsoleEvent) => void): SettingsCommands {
  const shieldIs = (changes: Partial<ShieldView>) => {
    own.shield = { ...own.shield, ...changes };
    tell({ type: 'shield-changed', shield: own.shield });
    return done(own.shield);
  };
  const preferencesAre = (preferences: PreferencesView) => {
    own.preferences = preferences;
    tell({ type: 'preferences-changed', preferences });
    return done(preferences);
  };
  return {
    'accounts.export': async () => done({ path: '/home/admin/wechat-accounts.json', accounts: 2 }),
    'accounts.import': async () =>
      done({
        added: [{ appId: 'wx00000000000000f1', name: '导入的账号', hasSecret: true, foreignApiBase: null }],
        skipped: [{ appId: 'wx00000000000000a1', name: '账号 1' }],
      }),
    'preferences.set': async ({ changes }) => {
      const values = { ...own.preferences.values, ...changes } as PreferencesView['values'];
      return preferencesAre({ ...own.preferences, values });
    },
    'network.setProxy': async ({ settings, password }) =>
      preferencesAre({ ...own.preferences, proxy: { settings, hasPassword: Boolean(password) } }),
    'network.test': async () =>
      done({
        results: [
          { apiBase: 'https://api.weixin.qq.com', reached: true, ms: 48, reason: null },
          { apiBase: 'https://api2.weixin.qq.com', reached: true, ms: 61, reason: null },
          { apiBase: 'https://sh.api.weixin.qq.com', reached: false, ms: null, reason: 'timeout' },
          { apiBase: 'https://sz.api.weixin.qq.com', reached: false, ms: null, reason: 'proxy' },
          { apiBase: 'https://hk.api.weixin.qq.com', reached: true, ms: 1204, reason: null },
          { apiBase: 'https://wechat.internal.example', reached: false, ms: null, reason: 'dns' },
        ],
      }),
    'shield.lock': async () => shieldIs({ isLocked: own.shield.hasPassphrase }),
    'shield.unlock': async ({ passphrase }) =>
      passphrase === FAKE_PASSPHRASE ? shieldIs({ isLocked: false }) : wrong,
    'shield.setPassphrase': async ({ current, next }) =>
      own.shield.hasPassphrase && current !== FAKE_PASSPHRASE
        ? wrong
        : shieldIs({ hasPassphrase: next !== null }),
    'updates.check': async () => done(own.update),
    'updates.install': async () => done(own.update),
    'diagnostics.get': async () => done({ text: 'WeChat Token Console 0.1.0\naccounts: 2\n' }),
    'host.open': async () => done({ opened: true }),
  };
}
