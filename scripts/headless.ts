/** npm run headless: builds when sources are newer, then is dist/headless.js, options and signals and all. */
import { ensureBuilt } from './build.ts';

await ensureBuilt();
await import('../dist/headless.js' as string);
