/** Load at a rate: so many requests a second, whether or not the answers keep up. */
import { Client } from 'undici';

export interface RatedLoad {
  readonly answered: number;
  readonly errors: number;
}

const CONNECTIONS = 64;

/** Asks `url` `rate` times a second for `seconds`; an answer that is not 200, or none, is an error. */
export async function atRate(url: string, key: string, rate: number, seconds: number): Promise<RatedLoad> {
  const { origin, pathname: path } = new URL(url);
  const headers = { authorization: `Bearer ${key}` };
  const clients = Array.from({ length: CONNECTIONS }, () => new Client(origin, { pipelining: 1 }));
  const tally = { answered: 0, errors: 0 };
  const open = new Set<Promise<void>>();
  const ask = async (client: Client) => {
    try {
      const { statusCode, body } = await client.request({ path, method: 'GET', headers });
      await body.dump();
      if (statusCode === 200) tally.answered += 1;
      else tally.errors += 1;
    } catch {
      tally.errors += 1;
    }
  };
  const began = performance.now();
  for (let sent = 0; performance.now() - began < seconds * 1000; ) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate);
    for (; sent < due; sent++) {
      const client = clients[sent % CONNECTIONS];
      if (!client) throw new Error('no connection');
      const answer: Promise<void> = ask(client).finally(() => open.delete(answer));
      open.add(answer);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  await Promise.all(clients.map((client) => client.close()));
  return tally;
}
