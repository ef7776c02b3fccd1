/** The headless console's way out to WeChat: Node's, through the environment's proxy or the one that is set. */
import type { ProxyWithPassword, WayOut } from './console/host.ts';
import { createNodeFetch, type NodeFetchOptions, type NodeProxy } from './wechat/node-fetch.ts';

export interface NodeWayOut extends WayOut {
  /** Loads, in the background, what the first call needs. */
  prepare(): void;
}

export function createNodeWayOut(options: NodeFetchOptions = {}): NodeWayOut {
  const { fetch, use, prepare } = createNodeFetch(options);
  return {
    fetch,
    prepare,
    use: async (proxy) => use(proxyOf(proxy)),
    trial: async (proxy) => {
      const line = createNodeFetch(options);
      line.use(proxyOf(proxy));
      return { fetch: line.fetch, end: line.close };
    },
  };
}

function proxyOf({ settings, password }: ProxyWithPassword): NodeProxy {
  if (settings.mode !== 'manual') return { mode: settings.mode };
  const { mode, url, username } = settings;
  return { mode, url, username, password };
}
