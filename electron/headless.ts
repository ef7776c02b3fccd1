/** The entry of the console without a window: loads nothing that an older Node lacks before it has looked which one runs it. */

// From the first moment on: Node would open its inspector, to every user of this machine.
process.on('SIGUSR1', () => undefined);

const NEEDED = 24;
const USAGE = 64;

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  await import('./headless-console.ts');
} else {
  const found = `${process.version} (${process.execPath})`;
  process.stderr.write(`Node ${NEEDED} or newer is needed; this is ${found}.\n`);
  process.exitCode = USAGE;
}

export {};
