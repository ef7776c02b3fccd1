/** Loaded into the console before anything else: its wall clock is as far ahead as a file says, read anew at SIGUSR2. */
import { readFileSync } from 'node:fs';

const file = process.env.WTC_SOAK_CLOCK ?? '';
const RealDate = Date;
let aheadMs = 0;
const read = () => {
  aheadMs = Number(readFileSync(file, 'utf8'));
};
read();
process.on('SIGUSR2', read);

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + aheadMs;
  }
};
