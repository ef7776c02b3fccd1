import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licenceOf, licencesText, packageFolder } from '../../../scripts/licences.ts';

it.each([
  ['/p/node_modules/zod/v4/index.js', '/p/node_modules/zod'],
  ['/p/node_modules/@mantine/core/esm/Box.mjs?x=1', '/p/node_modules/@mantine/core'],
  ['/p/node_modules/a/node_modules/b/index.js', '/p/node_modules/a/node_modules/b'],
  ['\0/p/node_modules/pino/pino.js?commonjs-module', '/p/node_modules/pino'],
  ['C:\\p\\node_modules\\react\\index.js', 'C:/p/node_modules/react'],
  ['/p/electron/main.ts', null],
  ['\0rolldown/runtime.js', null],
])('%j belongs to %j', (id, folder) => {
  expect(packageFolder(id)).toBe(folder);
});

describe('a package', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wtc-licence-'));
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'a', version: '1.0.0', license: 'MIT' }),
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the text of its licence and of its notice, whatever their case', () => {
    writeFileSync(join(folder, 'license.md'), 'You may.\n');
    writeFileSync(join(folder, 'NOTICE'), 'By somebody.\n');
    writeFileSync(join(folder, 'licensing.js'), 'code');
    mkdirSync(join(folder, 'LICENSES'));
    const { text, ...rest } = licenceOf(folder, 'You may, said MIT.');
    expect(rest).toEqual({ name: 'a', version: '1.0.0', licence: 'MIT' });
    expect(text.split('\n\n').sort()).toEqual(['By somebody.', 'You may.']);
  });

  it('that names the MIT licence without its text gets that text; any other stops the build', () => {
    expect(licenceOf(folder, 'You may, said MIT.').text).toContain('You may, said MIT.');
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0' }));
    expect(() => licenceOf(folder, 'You may, said MIT.')).toThrow('a 1.0.0 comes without a licence');
  });
});

it('packages under the same words share them', () => {
  const one = { version: '1.0.0', licence: 'MIT', text: 'You may.' };
  const text = licencesText([
    { ...one, name: 'b' },
    { ...one, name: 'a' },
    { ...one, name: 'c', text: 'You might.' },
  ]);
  expect(text.match(/You may\./g)).toHaveLength(1);
  expect(text).toMatch(/a 1\.0\.0 \(MIT\)\nb 1\.0\.0 \(MIT\)\n-/);
});
