/** Where new versions come from, and what of an offer or an error goes on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detailOf, faultOf, readBuiltIn } from '../../../electron/desktop/update-feed.ts';

const FEED = 'https://updates.example/console';

describe('app-update.yml', () => {
  let resources: string;
  beforeEach(() => {
    resources = mkdtempSync(join(tmpdir(), 'wtc-resources-'));
  });
  afterEach(() => rmSync(resources, { recursive: true, force: true }));

  const read = (text: string) => {
    writeFileSync(join(resources, 'app-update.yml'), text);
    return readBuiltIn(resources);
  };

  it('as electron-builder writes it', () => {
    const text = `provider: generic\nurl: ${FEED}\nupdaterCacheDirName: x\npublisherName:\n  - Example Ltd\n`;
    expect(read(text)).toEqual({ isThere: true, feed: FEED, hasPublisher: true });
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual({ isThere: true, feed: FEED, hasPublisher: true });
  });

  it('with quotes, and a publisher on the same line', () => {
    const text = `url: '${FEED}'\nprovider: generic\npublisherName: "Example: Ltd"\n`;
    expect(read(text)).toEqual({ isThere: true, feed: FEED, hasPublisher: true });
  });

  it.each([
    ['no publisher', 'provider: generic\n', false],
    ['an empty list', 'publisherName: []\n', false],
    ['null', 'publisherName: null\n', false],
    ['an empty text', "publisherName: ''\n", false],
    ['a key of a like name', 'notPublisherName: x\nxpublisherName: y\n', false],
    ['nothing after the colon', 'publisherName:\nprovider: generic\n', false],
  ])('names no publisher: %s', (_what, text, hasPublisher) => {
    expect(read(text).hasPublisher).toBe(hasPublisher);
  });

  it.each([
    ['plain http', 'provider: generic\nurl: http://updates.example\n'],
    ['another provider', `provider: github\nurl: ${FEED}\n`],
    ['no address', 'provider: generic\n'],
    ['an address inside another key', `provider: generic\nmore:\n  url: ${FEED}\n`],
    ['what is no address', 'provider: generic\nurl: updates\n'],
    ['no YAML at all', '\u0000\u0001'],
  ])('names no feed: %s', (_what, text) => {
    expect(read(text)).toMatchObject({ isThere: true, feed: null });
  });

  it('may be missing', () => {
    expect(readBuiltIn(resources)).toEqual({ isThere: false, feed: null, hasPublisher: false });
  });
});

describe('an offer', () => {
  const offer = (...files: { url: string; sha512: string }[]) => ({ version: '2.0.0', files });

  it('is taken with a checksum and over https', () => {
    expect(faultOf(offer({ url: 'console.AppImage', sha512: 'abc' }), FEED)).toBeNull();
    expect(faultOf(offer({ url: 'https://cdn.example/a.zip', sha512: 'abc' }), `${FEED}/`)).toBeNull();
  });

  it.each([
    ['no file', offer(), 'no file'],
    ['no checksum', offer({ url: 'a', sha512: 'abc' }, { url: 'b', sha512: '' }), 'SHA-512'],
    ['plain http', offer({ url: 'http://cdn.example/a.zip', sha512: 'abc' }), 'https'],
    ['a file of this machine', offer({ url: 'file:///etc/passwd', sha512: 'abc' }), 'https'],
  ])('is refused: %s', (_what, wrong, words) => {
    expect(faultOf(wrong, FEED)).toContain(words);
  });
});

describe('what went wrong', () => {
  it('is told on one line', () => {
    const error = new Error('Cannot find channel "latest.yml"\nHeaders: {"set-cookie":"x"}\n    at stack');
    expect(detailOf(error)).toBe('Cannot find channel "latest.yml"');
  });

  it('keeps host and path of an address, and nothing that may be a key', () => {
    const error = new Error(
      `method: GET url: https://li:word@updates.example/a/latest.yml?key=hush#f and (${FEED}?sig=hush)`,
    );
    const detail = detailOf(error);
    expect(detail).toBe(
      'method: GET url: https://updates.example/a/latest.yml and (https://updates.example/console)',
    );
  });

  it('is short', () => {
    expect(detailOf(new Error('x'.repeat(5000)))).toHaveLength(200);
  });

  it.each([[undefined], [null], [''], [new Error('')], [{}]])('may be nothing: %j', (error) => {
    expect(detailOf(error)).not.toBe('');
  });
});
