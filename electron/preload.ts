/** The bridge into the page: one named function for each command, and nothing of Electron itself. */
import { contextBridge, ipcRenderer } from 'electron';
import type {
  Answer,
  CommandInput,
  CommandName,
  CommandValue,
  MenuId,
  TokenConsole,
} from './console/contract.ts';
import type { Channel } from './desktop/ipc.ts';

const CALL: Channel = 'bridge:call';
const LISTEN: Channel = 'bridge:listen';
const MENU: Channel = 'bridge:menu';

function call<C extends CommandName>(command: C) {
  return async (input: CommandInput<C>): Promise<Answer<CommandValue<C>>> => {
    try {
      return await ipcRenderer.invoke(CALL, command, input);
    } catch {
      return { ok: false, error: { code: 'unreachable', message: 'The console does not answer.' } };
    }
  };
}

const tokenConsole = {
  host: 'desktop',
  commands: {
    'state.get': call('state.get'),
    'accounts.add': call('accounts.add'),
    'accounts.update': call('accounts.update'),
    'accounts.setSecret': call('accounts.setSecret'),
    'accounts.remove': call('accounts.remove'),
    'tokens.refresh': call('tokens.refresh'),
    'tokens.drill': call('tokens.drill'),
    'tokens.reveal': call('tokens.reveal'),
    'tokens.copy': call('tokens.copy'),
    'tokens.verify': call('tokens.verify'),
    'history.query': call('history.query'),
    'clients.create': call('clients.create'),
    'clients.list': call('clients.list'),
    'clients.revoke': call('clients.revoke'),
    'handout.get': call('handout.get'),
    'handout.setGateway': call('handout.setGateway'),
    'handout.setRedis': call('handout.setRedis'),
    'handout.setAccount': call('handout.setAccount'),
    'accounts.export': call('accounts.export'),
    'accounts.import': call('accounts.import'),
    'preferences.set': call('preferences.set'),
    'network.setProxy': call('network.setProxy'),
    'network.test': call('network.test'),
    'shield.lock': call('shield.lock'),
    'shield.unlock': call('shield.unlock'),
    'shield.setPassphrase': call('shield.setPassphrase'),
    'notices.takeNote': call('notices.takeNote'),
    'updates.check': call('updates.check'),
    'updates.install': call('updates.install'),
    'diagnostics.get': call('diagnostics.get'),
    'host.open': call('host.open'),
    'demo.open': call('demo.open'),
    'errors.list': call('errors.list'),
  },
  listen(listener) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => listener(data);
    ipcRenderer.postMessage(LISTEN, null, [port2]);
    return () => port1.close();
  },
  onMenu(listener) {
    const hear = (_event: unknown, id: MenuId) => listener(id);
    ipcRenderer.on(MENU, hear);
    return () => void ipcRenderer.off(MENU, hear);
  },
} satisfies TokenConsole;

contextBridge.exposeInMainWorld('tokenConsole', tokenConsole);
