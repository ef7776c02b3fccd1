/** The commands about the console itself: preferences, the way out, the lock, updates, and what the host can show. */
import { reach } from '../wechat/reach.ts';
import type { Application } from './application.ts';
import { API_BASES, type CommandName, type CommandValue } from './contract.ts';
import { diagnosticsOf } from './diagnostics.ts';
import type { Checked, Handlers } from './handlers.ts';
import { Refusal } from './refusal.ts';
import { exportAccounts, importAccounts } from './transfer.ts';

type SettingsCommand = Extract<
  CommandName,
  | 'accounts.export'
  | 'accounts.import'
  | 'diagnostics.get'
  | `preferences.${string}`
  | `network.${string}`
  | `shield.${string}`
  | `updates.${string}`
  | `notices.${string}`
  | `host.${string}`
>;

export const settingsHandlers: Pick<Handlers, SettingsCommand> = {
  'accounts.export': exportAccounts,
  'accounts.import': importAccounts,
  'preferences.set': (app, { changes }) => {
    const automatic = changes.lock && (changes.lock.idleMinutes !== null || changes.lock.withScreen);
    if (automatic && !app.shield.view().hasPassphrase)
      throw new Refusal('wrong-passphrase', 'The lock needs a passphrase first.');
    return app.preferences.set(changes);
  },
  'network.setProxy': (app, { settings, password }) => app.preferences.setProxy(settings, password),
  'network.test': testNetwork,
  'shield.lock': (app) => app.shield.lock(),
  'shield.unlock': (app, { passphrase }) => app.shield.unlock(passphrase),
  'shield.setPassphrase': async (app, { current, next }) => {
    const view = await app.shield.setPassphrase(current, next);
    if (next === null) app.preferences.set({ lock: { idleMinutes: null, withScreen: false } });
    return view;
  },
  'notices.takeNote': (app, { id }) => {
    app.takeNote(id);
    return { noted: true };
  },
  'updates.check': (app) => updated(app, 'check'),
  'updates.install': (app) => updated(app, 'install'),
  'diagnostics.get': (app) => ({ text: diagnosticsOf(app) }),
  'host.open': async (app, { what }) => {
    const { open } = app.parts.host;
    if (!open) throw new Refusal('not-on-this-host', 'Only the desktop app can open it.');
    await open(what);
    return { opened: true };
  },
};

async function updated(app: Application, deed: 'check' | 'install') {
  const { updates } = app.parts.host;
  if (!updates) throw new Refusal('not-on-this-host', 'This app is updated by other means.');
  await updates[deed]();
  return app.state().update;
}

/** WeChat's own addresses, and those that accounts here use beside them. */
async function testNetwork(
  app: Application,
  { settings, password }: Checked<'network.test'>,
): Promise<CommandValue<'network.test'>> {
  const { wayOut } = app.parts;
  if (!wayOut) throw new Refusal('not-on-this-host', 'This console has no way out of its own.');
  const used = [...app.accounts.values()].map(({ row }) => row.apiBase);
  const proxy = settings && (await app.preferences.withPassword(settings, password));
  const trial = proxy ? await wayOut.trial(proxy) : { fetch: wayOut.fetch, end: async () => {} };
  try {
    const asked = [...new Set([...API_BASES, ...used])];
    const results = asked.map(async (apiBase) => ({ apiBase, ...(await reach(trial.fetch, apiBase)) }));
    return { results: await Promise.all(results) };
  } finally {
    await trial.end();
  }
}
