/** The source text that a page gets before its own scripts run: one script for each of its two worlds. */
import { readFileSync } from 'node:fs';
import { createIpc, type FromPage, type PageIpc } from './ipc.ts';
import { createSide } from './side.ts';
import { createWire } from './wire.ts';

/** The isolated world's name, and of what is in it for the stand-in only. */
export const WORLD = 'Electron Isolated Context';
export const BINDING = 'standInPost';
export const RECEIVE = 'standInReceive';
export const RENDERER = 'standInIpc';

interface Makers {
  readonly createWire: typeof createWire;
  readonly createSide: typeof createSide;
  readonly createIpc: typeof createIpc;
}

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

/** In the page's own world: puts there what the preload exposes, frozen, as Electron does. */
function enterMain(makers: Makers, name: string): void {
  const frozen = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !(value instanceof Promise)) {
      for (const inner of Object.values(value)) frozen(inner);
    }
    return Object.freeze(value);
  };
  makers.createSide(makers.createWire, name, 'main', (key, api) => {
    Object.defineProperty(window, key, { value: frozen(api), enumerable: true });
  });
}

/** In the isolated world: `ipcRenderer` in every frame, the preload in the main one only. */
function enterIsolated(makers: Makers, name: string, names: Record<string, string>, preload: Preload): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const post = world[names.binding ?? ''] as (text: string) => void;
  const ipc: PageIpc = makers.createIpc(makers.createWire(null), (message: FromPage) =>
    post(JSON.stringify(message)),
  );
  world[names.receive ?? ''] = ipc.receive;
  world[names.renderer ?? ''] = ipc.ipcRenderer;
  if (window.top !== window) return;
  const side = makers.createSide(makers.createWire, name, 'isolated', () => undefined);
  const only = (of: string, members: object) =>
    new Proxy(members, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key);
        throw new Error(`stand-in: ${of}.${key} is not there`);
      },
    });
  const contextBridge = only('electron.contextBridge', { exposeInMainWorld: side.expose });
  const electron = only('electron', {
    contextBridge,
    ipcRenderer: only('electron.ipcRenderer', ipc.ipcRenderer),
  });
  const require = (wanted: string) => {
    if (wanted === 'electron') return electron;
    throw new Error(`module not found: ${wanted}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports, only('process', { type: 'renderer', sandboxed: true }));
}

/** `name`: of the events between the worlds; nobody else may know it. */
export function pageScripts(
  preload: string,
  name: string,
): { readonly isolated: string; readonly main: string } {
  const makers = `{ createWire: ${createWire}, createSide: ${createSide}, createIpc: ${createIpc} }`;
  const names = JSON.stringify({ binding: BINDING, receive: RECEIVE, renderer: RENDERER });
  const wrapped = `function (require, module, exports, process) {\n${readFileSync(preload, 'utf8')}\n}`;
  return {
    isolated: `(${enterIsolated})(${makers}, ${JSON.stringify(name)}, ${names}, ${wrapped});`,
    main: `(${enterMain})(${makers}, ${JSON.stringify(name)});`,
  };
}
