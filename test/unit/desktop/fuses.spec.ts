import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const schema = createRequire(import.meta.url)(join(root, 'node_modules/app-builder-lib/scheme.json'));

it('every fuse electron-builder knows is set on purpose', () => {
  const yaml = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  const block = /^electronFuses:\n((?: .*\n)+)/m.exec(yaml)?.[1] ?? '';
  const set = Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name, on]) => [name, on]),
  );
  expect(Object.keys(set).sort()).toEqual(Object.keys(schema.definitions.FuseOptionsV1.properties).sort());
  const on = Object.keys(set).filter((name) => set[name] === 'true');
  expect(on.sort()).toEqual([
    'enableCookieEncryption',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
    'resetAdHocDarwinSignature',
  ]);
});
