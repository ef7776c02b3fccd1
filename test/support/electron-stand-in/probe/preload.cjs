const { contextBridge, ipcRenderer } = require('electron');

class Named {
  value = 1;
}

contextBridge.exposeInMainWorld('probe', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  /** What may not cross is made here: the bridge itself would not carry it. */
  invokeWith: (what) => {
    const things = { function: () => 1, node: document.body, symbol: Symbol('x'), instance: new Named() };
    return ipcRenderer.invoke('echo', things[what]);
  },
  apply: (work, ...args) => work(...args),
  fail: () => {
    throw new Error('said in the preload');
  },
  instance: () => new Named(),
  requireFs: () => {
    try {
      return typeof require('node:fs');
    } catch (error) {
      return error.message;
    }
  },
  openPort: (listener) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => listener(data);
    ipcRenderer.postMessage('port', null, [port2]);
    return { send: (data) => port1.postMessage(data), close: () => port1.close() };
  },
});
