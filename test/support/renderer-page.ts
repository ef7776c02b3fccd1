/** Builds the renderer and serves it as the console does, with its Content-Security-Policy, and opens it in a browser. */
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const NONCE = 'bm9uY2Utb2YtdGVzdA';
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The address of a server for a build of its own, which nobody else's build disturbs; close it when done. */
export async function serveRenderer(): Promise<{ url: string; server: Server }> {
  const dist = await mkdtemp(join(tmpdir(), 'renderer-'));
  await build({ configFile: join(ROOT, 'vite.config.mts'), logLevel: 'error', build: { outDir: dist } });
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(dist, normalize(path === '/' ? '/index.html' : path));
    try {
      const bytes = await readFile(file);
      const isPage = file.endsWith('.html');
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
      });
      response.end(isPage ? bytes.toString('utf8').replace('__CSP_NONCE__', NONCE) : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.on('close', () => rmSync(dist, { recursive: true, force: true }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** The fake console as one classic script that sets `rendererFake`, for a page's init script. */
export async function fakeConsoleScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(ROOT, 'test', 'support', 'renderer-fake-console.ts'),
        formats: ['iife'],
        name: 'rendererFake',
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('no output');
  return output.output[0].code;
}
