/** A console on the Redis of its argument, to be killed or stopped: says each role, and the one it has when woken. */
import { writeSync } from 'node:fs';
import { APP_ID, type FakeConsole, fakeConsole } from './two-consoles-desk.ts';

const say = (text: string) => writeSync(1, `${text}\n`);
let owner: FakeConsole | undefined;
const changed = () => void setImmediate(() => owner && say(String(owner.role())));
owner = await fakeConsole(process.argv[2] ?? '', { changed });
process.on('SIGCONT', () => say(`woken ${owner?.lease.role(APP_ID)}`));
process.stdin.on('data', () => owner?.obtain('of-the-owner'));
// Whoever started it has ended, perhaps without a good-bye.
process.stdin.on('end', () => process.exit());
