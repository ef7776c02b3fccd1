/** The bridge into the page: one named function for each command, and nothing of Electron itself. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Answer, CommandInput, CommandName, CommandValue, TokenConsole } from './console/contract.ts';
import type { Channel } from './desktop/ipc.ts';

const CALL: Channel = 'bridge:call';
const LISTEN: Channel = 'bridge:listen';

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
    'demo.open': call('demo.open'),
    'errors.list': call('errors.list'),
  },
  listen(listener) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => listener(data);
    ipcRenderer.postMessage(LISTEN, null, [port2]);
    return () => port1.close();
  },
} satisfies TokenConsole;

contextBridge.exposeInMainWorld('tokenConsole', tokenConsole);
