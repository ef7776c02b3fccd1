/** One server of the gateway's benchmark in a process of its own: `ours`, `bare` or `usual`. Prints its address. */
import { Clients } from '../electron/handout/clients.ts';
import { benchParts, startBare, startOurs, startUsual } from '../test/support/gateway-bench-servers.ts';

const APP_ID = 'wx00000000000000a1';
const parts = benchParts(APP_ID, 'unused');
const clients = new Clients({
  ledger: { clients: () => [], addClient() {}, removeClient() {}, noteClientUses() {} },
  clock: Date.now,
  changed() {},
  fault() {},
});
const { key } = clients.create({ name: 'bench', appIds: [APP_ID] });
const start = { ours: startOurs, bare: startBare, usual: startUsual }[process.argv[2] ?? ''];
if (!start) throw new Error('ours, bare or usual');
const { url } = await start({ ...parts, clients }, key);
console.log(JSON.stringify({ url, key }));
