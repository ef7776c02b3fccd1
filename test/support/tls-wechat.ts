/** WeChat behind TLS on this machine, under any of its names, for calls that go through a proxy. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { selfSigned } from './certificate.ts';

export interface TlsWechat {
  readonly port: number;
  /** Host and path of each call. */
  readonly asked: string[];
  /** What is answered; whom WeChat does not know it tells so. `response`: for more than a body. */
  answer: (path: string, response: ServerResponse) => string | Promise<string>;
  close(): Promise<void>;
}

const NOBODY = '{"errcode":41002,"errmsg":"appid missing rid: 68c0dcd2-1d89e1a0-0c0157f7"}';

/** Its certificates are trusted by this process until `close`. */
export async function startTlsWechat(hosts: readonly string[]): Promise<TlsWechat> {
  const identities = new Map(hosts.map((host) => [host, selfSigned(host)]));
  const [first] = identities.values();
  if (!first) throw new Error('at least one host is needed');
  const asked: string[] = [];
  const server = createServer({
    ...first,
    SNICallback: (host, done) => done(null, createSecureContext(identities.get(host) ?? first)),
  });
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, ...[...identities.values()].map(({ cert }) => cert)]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const wechat: TlsWechat = {
    port: (server.address() as AddressInfo).port,
    asked,
    answer: () => NOBODY,
    async close() {
      setDefaultCACertificates(before);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('request', async ({ url = '', headers }, response) => {
    asked.push(`${headers.host}${url}`);
    response.end(await wechat.answer(url, response));
  });
  return wechat;
}
