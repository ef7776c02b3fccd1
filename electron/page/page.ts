/** The built renderer as bytes and headers, the same for both carriers: `app://console/` and the web. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** Stands in index.html wherever the page needs the response's nonce. */
const NONCE_MARK = '__CSP_NONCE__';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What every answer says, a refusal too: no sniffing, no referrer, no keeping, no sharing, no devices. */
export const SAFE_HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

export interface PageAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Page {
  /** Answers for a URL's path, still percent-encoded (`/`, `/assets/index.js`); the method is the carrier's matter. */
  answer(path: string): PageAnswer;
}

function policy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === null ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function nameOf(path: string): string | null {
  try {
    return decodeURIComponent(path === '/' ? '/index.html' : path);
  } catch {
    return null; // a broken percent escape names no file
  }
}

const utf8 = new TextEncoder();

async function readAll(folder: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (file: string) =>
    [`/${relative(folder, file).split(sep).join('/')}`, new Uint8Array(await readFile(file))] as const;
  return new Map(await Promise.all(files.map(read)));
}

/**
 * Reads the built renderer once, whole, into memory: a path is looked up in a list of names, so none can lead
 * out of the folder. Rejects with the file system's error when the folder or its index.html is not there.
 */
export async function openPage(rendererDir: string): Promise<Page> {
  const files = await readAll(rendererDir);
  const index = await readFile(join(rendererDir, 'index.html'), 'utf8');

  const reply = (status: 200 | 404, type: string, body: PageAnswer['body'], nonce: string | null = null) => ({
    status,
    headers: { ...SAFE_HEADERS, 'Content-Type': type, 'Content-Security-Policy': policy(nonce) },
    body,
  });

  return {
    answer(path) {
      const name = nameOf(path);
      const body = name === null ? undefined : files.get(name);
      if (name === null || body === undefined) {
        return reply(404, 'text/plain; charset=utf-8', utf8.encode('Not found\n'));
      }
      if (name === '/index.html') {
        const nonce = randomBytes(16).toString('base64');
        return reply(
          200,
          'text/html; charset=utf-8',
          utf8.encode(index.replaceAll(NONCE_MARK, nonce)),
          nonce,
        );
      }
      return reply(200, CONTENT_TYPES[extname(name)] ?? 'application/octet-stream', body);
    },
  };
}
