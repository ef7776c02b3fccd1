import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { commands, type TokenConsole } from '../../../electron/console/contract.ts';
import { electron } from '../../support/electron-mock.ts';

vi.mock('electron', async () => (await import('../../support/electron-mock.ts')).electron);

const { contextBridge, ipcRenderer } = electron;
let exposed: unknown[][];
let bridge: TokenConsole;

beforeAll(async () => {
  await import('../../../electron/preload.ts');
  exposed = [...contextBridge.exposeInMainWorld.mock.calls];
  bridge = exposed[0]?.[1] as TokenConsole;
});

beforeEach(() => {
  vi.clearAllMocks();
});

it('exposes the contract’s commands by name, and nothing else', () => {
  expect(exposed).toEqual([['tokenConsole', expect.anything()]]);
  expect(Object.keys(bridge)).toEqual(['host', 'commands', 'listen', 'onMenu']);
  expect(bridge.host).toBe('desktop');
  expect(Object.keys(bridge.commands)).toEqual(Object.keys(commands));
});

it.each(Object.keys(commands) as (keyof typeof commands)[])(
  '%s calls itself with its input',
  async (name) => {
    const answer = { ok: true, value: name };
    ipcRenderer.invoke.mockResolvedValueOnce(answer);
    const command = bridge.commands[name] as (input: unknown) => Promise<unknown>;
    expect(await command({ appId: 'wx00000000000000a1' })).toBe(answer);
    expect(ipcRenderer.invoke.mock.calls).toEqual([['bridge:call', name, { appId: 'wx00000000000000a1' }]]);
  },
);

it('answers that the console is unreachable when the call fails', async () => {
  ipcRenderer.invoke.mockRejectedValueOnce(new Error('reply was never sent'));
  expect(await bridge.commands['state.get']({})).toEqual({
    ok: false,
    error: { code: 'unreachable', message: expect.any(String) },
  });
});

it('hands a listener the events alone, and stops by closing its port', async () => {
  const received: unknown[][] = [];
  const event = Promise.withResolvers<void>();
  const stop = bridge.listen((...args) => {
    received.push(args);
    event.resolve();
  });
  const [channel, message, ports] = ipcRenderer.postMessage.mock.lastCall ?? [];
  expect([channel, message, ports?.length]).toEqual(['bridge:listen', null, 1]);
  const port = ports?.[0] as unknown as MessagePort;

  port.postMessage({ type: 'account-removed', appId: 'wx00000000000000a1' });
  await event.promise;
  expect(received).toEqual([[{ type: 'account-removed', appId: 'wx00000000000000a1' }]]);

  const closed = once(port, 'close');
  port.start();
  stop();
  await closed;
});

it('hands on what a menu asks, without Electron’s event, until it is stopped', () => {
  const asked: unknown[][] = [];
  const stop = bridge.onMenu?.((...args) => asked.push(args));
  const [channel, hear] = ipcRenderer.on.mock.lastCall ?? [];
  expect(channel).toBe('bridge:menu');
  hear?.({ sender: ipcRenderer } as unknown as Electron.IpcRendererEvent, 'refresh' as never);
  expect(asked).toEqual([['refresh']]);
  expect(stop?.()).toBeUndefined();
  expect(ipcRenderer.off.mock.calls).toEqual([['bridge:menu', hear]]);
});
