import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, type Page } from '../../../electron/page/page.ts';

let folder: string;
let page: Page;
const textOf = (path: string) => new TextDecoder().decode(page.answer(path).body);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'outside.txt'), 'not yours');
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(
    join(folder, 'renderer/index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  await writeFile(join(folder, 'renderer/assets/index.js'), 'export {};');
  await writeFile(join(folder, 'renderer/assets/字 体.woff2'), new Uint8Array([0, 255]));
  page = await openPage(join(folder, 'renderer'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('the page', () => {
  it('gives index.html a new nonce in every answer, the same in the text and in the policy', () => {
    const nonces = ['/', '/index.html'].map((path) => {
      const { status, headers, body } = page.answer(path);
      expect(status).toBe(200);
      expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
      const nonce = /'nonce-([^']+)'/.exec(headers['Content-Security-Policy'] ?? '')?.[1];
      expect(new TextDecoder().decode(body)).toBe(
        `<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`,
      );
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect(Buffer.from(nonces[0] ?? '', 'base64')).toHaveLength(16);
  });

  it('allows nothing but its own files', () => {
    const csp = page.answer('/').headers['Content-Security-Policy']?.replace(/'nonce-[^']+'/, "'nonce-X'");
    expect(csp).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-X'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('sends the safe headers with every file and every refusal', () => {
    for (const path of ['/', '/assets/index.js', '/none']) {
      expect(page.answer(path).headers).toMatchObject({
        'Cache-Control': 'no-store',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Permissions-Policy': expect.stringContaining('camera=()'),
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': expect.stringContaining("default-src 'none'"),
      });
    }
  });

  it('gives files as they are, with their type', () => {
    expect(textOf('/assets/index.js')).toBe('export {};');
    expect(page.answer('/assets/index.js').headers['Content-Type']).toBe('text/javascript; charset=utf-8');
    const font = page.answer('/assets/%E5%AD%97%20%E4%BD%93.woff2');
    expect([...font.body]).toEqual([0, 255]);
    expect(font.headers['Content-Type']).toBe('font/woff2');
  });

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/../../outside.txt',
    '/..\\outside.txt',
    '/assets',
    '//assets/index.js',
    '/%',
    '/assets/index.js%00',
    '',
    'index.html',
  ])('has nothing at %s', (path) => {
    expect(page.answer(path).status).toBe(404);
    expect(textOf(path)).toBe('Not found\n');
  });

  it('does not open without an index.html', async () => {
    await expect(openPage(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
