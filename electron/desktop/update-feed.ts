/** Where new versions come from, and whether what a feed offers may be installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What electron-builder wrote into the package: app-update.yml. */
export interface BuiltIn {
  /** Without the file electron-updater does not know where to keep a download. */
  readonly isThere: boolean;
  /** https only; null: the build was made without an address. */
  readonly feed: string | null;
  /** Without a publisher's name electron-updater silently leaves out Windows' signature check. */
  readonly hasPublisher: boolean;
}

/** What a feed says of its newest version, as far as it is judged here. */
export interface Offer {
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha512: string }[];
}

const NOT_THERE: BuiltIn = { isThere: false, feed: null, hasPublisher: false };

/** Reads app-update.yml of the app's resources. A file that is not as electron-builder writes it names no feed. */
export function readBuiltIn(resourcesPath: string): BuiltIn {
  let text: string;
  try {
    text = readFileSync(join(resourcesPath, 'app-update.yml'), 'utf8');
  } catch {
    return NOT_THERE;
  }
  const url = scalarOf(text, 'url');
  const isGeneric = scalarOf(text, 'provider') === 'generic';
  const feed = isGeneric && url !== null && isHttps(url) ? url : null;
  return { isThere: true, feed, hasPublisher: scalarOf(text, 'publisherName') !== null };
}

/**
 * A top-level scalar, or the first of a list. js-yaml's `dump`, with electron-builder's lineWidth of 8000, writes
 * one key a line, so this needs no YAML parser.
 */
function scalarOf(text: string, key: string): string | null {
  const value = new RegExp(`^${key}:(?:[ \\t]*\\r?\\n[ \\t]*-)?[ \\t]+(\\S.*?)[ \\t]*$`, 'm').exec(text)?.[1];
  const plain = value?.replace(/^(['"])(.*)\1$/, '$2') ?? '';
  return ['', 'null', '~', '[]'].includes(plain) ? null : plain;
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

/**
 * Why what a feed offers is not installed; null: nothing is wrong with it. On Linux the checksum, which came over
 * https, is all that vouches for a file; on macOS and Windows the signature comes on top.
 */
export function faultOf({ version, files }: Offer, feed: string): string | null {
  if (files.length === 0) return `The feed names no file for version ${version}.`;
  if (files.some(({ sha512 }) => !sha512)) return `A file of version ${version} has no SHA-512 checksum.`;
  const base = feed.endsWith('/') ? feed : `${feed}/`;
  const isElsewhere = files.some(({ url }) => !URL.canParse(url, base) || !isHttps(new URL(url, base).href));
  return isElsewhere ? `A file of version ${version} is not offered over https.` : null;
}

const LONGEST = 200;

/**
 * What went wrong, on one line: electron-updater's messages go on with headers and stacks. Of an address only host
 * and path stay, since an organisation's feed may carry its key in the rest.
 */
export function detailOf(error: unknown): string {
  const { message = String(error) } = (error ?? {}) as { message?: string };
  const line = message.trim().split(/\r?\n/, 1)[0] ?? '';
  const plain = line.replace(/\bhttps?:\/\/[^\s"'<>)]+/g, bare);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain || 'unknown error';
}

function bare(url: string): string {
  if (!URL.canParse(url)) return 'https://…';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
