/** The section of a version in CHANGELOG.md: what a release page and the updater say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The section without its heading. @throws Error when the changelog has none, or an empty one. */
export function notesOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => /^\[?([^\s\]]+)/.exec(text)?.[1] === version);
  if (section === undefined) throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  const notes = section.slice(section.indexOf('\n') + 1).trim();
  if (notes === '') throw new Error(`CHANGELOG.md has a heading for ${version} and nothing under it.`);
  return notes;
}

export function versionHere(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

/** The notes of this version; `tag` (`v1.2.3`), where given, must name it. */
export function notesHere(tag?: string): string {
  const version = versionHere();
  if (tag !== undefined && tag !== `v${version}`) {
    throw new Error(`The tag is ${tag}, and package.json says ${version}.`);
  }
  return notesOf(version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
}

if (import.meta.main) {
  try {
    process.stdout.write(`${notesHere(process.argv[2])}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
