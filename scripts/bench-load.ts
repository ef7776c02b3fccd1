/** Load for the gateway's benchmark: many connections that ask again as soon as they are answered, or at a rate. */
import { Client } from 'undici';

export interface Load {
  /** Answers a second. */
  readonly perSecond: number;
  /** Of the time to an answer, ms. */
  readonly p99: number;
  readonly errors: number;
}

async function ask(client: Client, path: string, key: string): Promise<boolean> {
  const { statusCode, body } = await client.request({
    ...{ path, method: 'GET', headers: { authorization: `Bearer ${key}` } },
  });
  await body.dump();
  return statusCode === 200;
}

/** As fast as `connections` connections go, for `seconds`. */
export async function flatOut(url: string, key: string, connections: number, seconds: number): Promise<Load> {
  const { origin, pathname } = new URL(url);
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  const times: number[] = [];
  let errors = 0;
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      for (let now = performance.now(); now < end; ) {
        const isFine = await ask(client, pathname, key).catch(() => false);
        const then = performance.now();
        if (isFine) times.push(then - now);
        else errors += 1;
        now = then;
      }
      await client.close();
    }),
  );
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] ?? 0, errors };
}

/** `rate` requests a second, whether or not the answers keep up, for `seconds`. */
export async function atRate(url: string, key: string, rate: number, seconds: number): Promise<Load> {
  const { origin, pathname } = new URL(url);
  const clients = Array.from({ length: 64 }, () => new Client(origin, { pipelining: 1 }));
  const times: number[] = [];
  let errors = 0;
  let sent = 0;
  const open = new Set<Promise<void>>();
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate);
    for (; sent < due; sent++) {
      const at = performance.now();
      const client = clients[sent % clients.length];
      if (!client) continue;
      const answered = ask(client, pathname, key)
        .then((isFine) => (isFine ? void times.push(performance.now() - at) : void errors++))
        .catch(() => void errors++)
        .finally(() => open.delete(answered));
      open.add(answered);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  await Promise.all(clients.map((client) => client.close()));
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] ?? 0, errors };
}
