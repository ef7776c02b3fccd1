/**
 * node scripts/merge-feeds.ts FILE FILE: puts the files that one latest.yml names into the other, and prints it. macOS
 * and Windows read one latest.yml for both processors, and each processor's machine has written its own.
 */
import { readFileSync } from 'node:fs';

const FILES = /^files:\n((?:[ -].*\n)+)/m;
const VERSION = /^version: (.+)$/m;

/** @throws Error when the two are of different versions, or one is no feed. */
export function mergeFeeds(first: string, second: string): string {
  const versions = [first, second].map((feed) => VERSION.exec(feed)?.[1]);
  const lists = [first, second].map((feed) => FILES.exec(feed)?.[1]);
  if ([...versions, ...lists].includes(undefined)) throw new Error('This is no update feed.');
  if (versions[0] !== versions[1]) {
    throw new Error(`The feeds are of different versions: ${versions.join(' and ')}.`);
  }
  return first.replace(FILES, () => `files:\n${lists.join('')}`);
}

if (import.meta.main) {
  const [first = '', second = ''] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
  process.stdout.write(mergeFeeds(first, second));
}
